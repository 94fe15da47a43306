import saidanddone as sd
def test_x(census_archive, counts_archive):
    import time
    t=time.time(); a = sd.ask("Russia", "North Korea", archive=census_archive); print(time.time()-t)
    print(a.verdict, a.gap, a.surprise, a.corners, a.robustness, a.coverage)
    t=time.time(); a = sd.ask("Russia", "North Korea", archive=census_archive); print(time.time()-t)
    a = sd.ask("France", "Peru", archive=census_archive); print(time.time()-t)
    print(a.verdict, a.channels)
    a = sd.ask("France", "Peru", archive=counts_archive);
    t=time.time();a = sd.ask("Austria", "Chile", archive=counts_archive); print(time.time()-t)
    print(a.verdict, a.channels)
    t=time.time();print(sd.rank(census_archive, top=3)); print(time.time()-t)
