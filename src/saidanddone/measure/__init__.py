"""Pure functions of the tally: from cells to counted acts, norms, warmth, gap and surprise.

counting      cells to counted acts, pairs and panels (Narwhals)
evidence      counted acts to arrays: k of n for every pair in a channel
dispersion    how much more a share varies than counting error says
quadrature    integrals over one pair's log-odds, for all pairs at once
norm          world and plain; self_norm, the source toward its other targets
slope, rate   how well words foretell deeds; how many acts a pair's volume predicts
fits          all of these, fitted once for a window
posterior     one pair's warmth as a whole distribution
comparison    gap, surprise, corners, direction
selection     shares and their difference, where nothing can be decided
influence     what changes when a day is left out
robustness    what other choices would have answered; specifications, every combination of them
weighting     acts by their intensity
"""
