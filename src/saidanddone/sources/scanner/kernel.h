/* The passes over the text, for one instruction set: included once for each, with NAME, ROW, TARGET
 * and BITS defined. BITS(p, ...) says which of the 64 bytes at p are tabs and which are line feeds,
 * and notes if any is NUL or CR. */
TARGET static int NAME(scanner *s, const uint8_t *text, size_t length, uint64_t *unclean)
{
    uint8_t tail[64];
    uint32_t ends[SPAN_TABS + 64];
    const uint32_t needed = s->needed;
    uint64_t odd = 0;
    size_t at = 0;
    while (at < length) {
        uint32_t seen = 0;
        size_t p = at, end;
        for (;;) {
            uint64_t tabs, feeds;
            const uint8_t *here = text + p;
            if (length - p < 64) {
                memset(tail, ' ', 64);
                memcpy(tail, here, length - p);
                here = tail;
            }
            BITS(here, &tabs, &feeds, &odd);
            if (feeds)
                tabs &= feeds ^ (feeds - 1);
            if (seen < needed) {
                uint32_t base = (uint32_t)(p - at);
                uint32_t count = (uint32_t)__builtin_popcountll(tabs);
                for (uint32_t i = 0; i < count; i++) {
                    ends[seen + i] = base + (uint32_t)__builtin_ctzll(tabs);
                    tabs &= tabs - 1;
                }
                seen += count;
            } else {
                seen += (uint32_t)__builtin_popcountll(tabs);
            }
            if (feeds) {
                end = p + (size_t)__builtin_ctzll(feeds);
                break;
            }
            p += 64;
            if (p >= length) {
                end = length;
                break;
            }
            if (p - at > LONGEST_ROW) { /* odd, whatever it holds */
                const uint8_t *feed = memchr(text + p, '\n', length - p);
                end = feed ? (size_t)(feed - text) : length;
                seen = UINT32_MAX;
                odd |= memchr(text + p, 0, end - p) || memchr(text + p, '\r', end - p);
                break;
            }
        }
        if (take_row(s, text, length, at, end, ends, seen) < 0)
            return SCAN_NO_MEMORY;
        at = end + 1;
    }
    *unclean = odd;
    return 0;
}

/* Where the first most tabs of the row at a place are, from there on; returns where it ends. */
TARGET static size_t ROW(const uint8_t *text, size_t length, size_t at, uint32_t most,
                         uint32_t *ends)
{
    uint8_t tail[64];
    uint64_t odd = 0;
    uint32_t seen = 0;
    for (size_t p = at; p < length; p += 64) {
        uint64_t tabs, feeds;
        const uint8_t *here = text + p;
        if (length - p < 64) {
            memset(tail, ' ', 64);
            memcpy(tail, here, length - p);
            here = tail;
        }
        BITS(here, &tabs, &feeds, &odd);
        if (feeds)
            tabs &= feeds ^ (feeds - 1);
        for (; tabs && seen < most; tabs &= tabs - 1)
            ends[seen++] = (uint32_t)(p - at) + (uint32_t)__builtin_ctzll(tabs);
        if (feeds)
            return p + (size_t)__builtin_ctzll(feeds);
    }
    return length;
}
#undef NAME
#undef ROW
#undef TARGET
#undef BITS
