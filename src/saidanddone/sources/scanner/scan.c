#include "scan.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifndef SCAN_SOURCE
#define SCAN_SOURCE "unknown"
#endif

#define SPAN_TABS 64      /* the needed columns lie among the first 64 of a row */
#define LONGEST_ROW 65536 /* as split.LONGEST_ROW: rows of that length are odd */
#define FIELD 4           /* codes have up to 4 bytes; longer ones are odd */
#define DIGITS 8          /* of a date, and at most of a number of articles */
#define ACTOR_BITS 14     /* source, target, government, code and day: 63 bits of a cell's key */
#define CODE_BITS 12
#define DAY_BITS 22
#define DAY_SHIFT 800000  /* the first of January of year 1 is day -719162 */
#define EMPTY UINT64_MAX  /* no cell's key has its highest bit */
#define BLANK INT64_MIN   /* instead of a line's start */

static const int WORDS[SCAN_TABLES] = {1, 1, 2, 1};

/* An open-addressing table of distinct values; slots hold a value's number plus one. */
typedef struct {
    uint64_t *words;
    int32_t *meanings;
    uint32_t *slots;
    uint32_t count, room, mask, learned;
} values;

typedef struct {
    uint32_t date, one, two, roles, code, reports;
} row;

typedef struct {
    int64_t start, end, line;
} odd_row;

typedef struct {
    uint64_t key;
    int64_t reports;
} cell;

typedef struct {
    uint64_t key;
    int64_t start, line;
    uint32_t reports;
} act;

struct scanner {
    int32_t columns[SCAN_COLUMNS];
    uint32_t needed, width;
    values tables[SCAN_TABLES];
    /* A pair's meaning is where its steps begin; the steps of a pair end where the next begin. */
    int32_t *step_days, *step_meanings;
    int64_t steps, step_room;
    row *rows;
    int64_t *row_starts; /* start of a plain line; -1 - start of an odd one; BLANK */
    int64_t row_count, row_room;
    const uint8_t *text; /* of the last scan_read; must live until scan_tally */
    int64_t length;
    odd_row *odd;
    int64_t odd_count, odd_room;
    cell *cells;
    uint32_t *used;
    uint64_t cell_count, cell_mask;
    int32_t text_columns[SCAN_TEXTS];
    int32_t text_count;
    uint32_t text_tabs; /* how many tabs of a row have to be found for them */
    act *acts;
    int64_t act_count, act_room;
    uint8_t *texts;
    int64_t text_size, text_room;
};

static int grow(void **array, int64_t *room, int64_t wanted, size_t size)
{
    if (wanted <= *room)
        return 0;
    int64_t more = *room ? *room : 1024;
    while (more < wanted)
        more *= 2;
    void *larger = realloc(*array, (size_t)more * size);
    if (!larger)
        return SCAN_NO_MEMORY;
    *array = larger;
    *room = more;
    return 0;
}

static inline uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    return x;
}

static inline uint64_t hash_words(const uint64_t *words, int count)
{
    uint64_t h = words[0];
    for (int i = 1; i < count; i++)
        h = mix(h) + words[i] * 0x9e3779b97f4a7c15u;
    return mix(h);
}

static int widen(values *v, int words)
{
    uint32_t room = v->room ? v->room * 2 : 512;
    if (room > UINT32_MAX / 8)
        return SCAN_NO_MEMORY;
    uint64_t *kept = realloc(v->words, (size_t)room * (size_t)words * sizeof *kept);
    if (!kept)
        return SCAN_NO_MEMORY;
    v->words = kept;
    int32_t *meanings = realloc(v->meanings, ((size_t)room + 1) * sizeof *meanings);
    if (!meanings)
        return SCAN_NO_MEMORY;
    v->meanings = meanings;
    uint32_t *slots = calloc((size_t)room * 2, sizeof *slots);
    if (!slots)
        return SCAN_NO_MEMORY;
    free(v->slots);
    v->slots = slots;
    v->mask = room * 2 - 1;
    v->room = room;
    for (uint32_t i = 0; i < v->count; i++) {
        uint64_t h = hash_words(v->words + (size_t)i * (size_t)words, words);
        while (slots[h & v->mask])
            h++;
        slots[h & v->mask] = i + 1;
    }
    return 0;
}

/* The number of a value, new ones taken in; UINT32_MAX without memory. */
static inline uint32_t intern(values *v, const uint64_t *key, int words)
{
    uint64_t h = hash_words(key, words);
    if (v->slots) {
        for (uint32_t slot; (slot = v->slots[h & v->mask]) != 0; h++) {
            const uint64_t *known = v->words + (size_t)(slot - 1) * (size_t)words;
            int same = 1;
            for (int i = 0; i < words; i++)
                same &= known[i] == key[i];
            if (same)
                return slot - 1;
        }
    }
    if (v->count == v->room) {
        if (widen(v, words) < 0)
            return UINT32_MAX;
        h = hash_words(key, words);
        while (v->slots[h & v->mask])
            h++;
    }
    memcpy(v->words + (size_t)v->count * (size_t)words, key, (size_t)words * sizeof *key);
    v->slots[h & v->mask] = ++v->count;
    return v->count - 1;
}

/* The bytes of a field of at most FIELD bytes as one number, padded with NULs. */
static inline uint64_t load(const uint8_t *text, size_t length, size_t from, size_t size)
{
    uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (length - from >= 8) {
        memcpy(&word, text + from, 8);
        return size == 8 ? word : word & ((1ull << (8 * size)) - 1);
    }
#else
    (void)length;
#endif
    memcpy(&word, text + from, size);
    return word;
}

/* 1 to DIGITS digits as a number; -1 for everything else. */
static inline int64_t number(const uint8_t *text, size_t size)
{
    if (size < 1 || size > DIGITS)
        return -1;
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t digit = (uint32_t)text[i] - '0';
        if (digit > 9)
            return -1;
        value = value * 10 + digit;
    }
    return value;
}

static inline int take_row(scanner *s, const uint8_t *text, size_t length, size_t at, size_t end,
                           const uint32_t *ends, uint32_t seen)
{
    if (s->row_count == s->row_room) {
        int64_t room = s->row_room;
        if (grow((void **)&s->rows, &room, s->row_count + 1, sizeof *s->rows) < 0 ||
            grow((void **)&s->row_starts, &s->row_room, s->row_count + 1,
                 sizeof *s->row_starts) < 0)
            return SCAN_NO_MEMORY;
    }
    int64_t *start = s->row_starts + s->row_count;
    row *r = s->rows + s->row_count++;
    if (end == at) {
        *start = BLANK;
        return 0;
    }
    *start = -1 - (int64_t)at;
    if (seen + 1 != s->width || end - at >= LONGEST_ROW)
        return 0;
    size_t from[SCAN_COLUMNS], size[SCAN_COLUMNS];
    for (int i = 0; i < SCAN_COLUMNS; i++) {
        uint32_t column = (uint32_t)s->columns[i];
        from[i] = at + (column ? (size_t)ends[column - 1] + 1 : 0);
        size[i] = (column + 1 < s->width ? at + ends[column] : end) - from[i];
    }
    size_t longest = 0;
    uint64_t field[SCAN_COLUMNS];
    for (int i = SCAN_COUNTRY1; i < SCAN_REPORTS; i++)
        longest = size[i] > longest ? size[i] : longest;
    if (longest > FIELD || size[SCAN_DATE] != DIGITS)
        return 0;
    for (int i = SCAN_DATE; i < SCAN_REPORTS; i++)
        field[i] = load(text, length, from[i], size[i]);
    int64_t reports = number(text + from[SCAN_REPORTS], size[SCAN_REPORTS]);
    if (reports < 1)
        return 0;
    const uint64_t one = field[SCAN_COUNTRY1] | field[SCAN_GROUP1] << 32;
    const uint64_t two = field[SCAN_COUNTRY2] | field[SCAN_GROUP2] << 32;
    const uint64_t roles[2] = {field[SCAN_TYPE1] | field[SCAN_TYPE2] << 32, field[SCAN_TYPE3]};
    r->date = intern(&s->tables[SCAN_DATES], &field[SCAN_DATE], 1);
    r->one = intern(&s->tables[SCAN_PAIRS], &one, 1);
    r->two = intern(&s->tables[SCAN_PAIRS], &two, 1);
    r->roles = intern(&s->tables[SCAN_ROLES], roles, 2);
    r->code = intern(&s->tables[SCAN_CODES], &field[SCAN_CODE], 1);
    r->reports = (uint32_t)reports;
    if (r->date == UINT32_MAX || r->one == UINT32_MAX || r->two == UINT32_MAX ||
        r->roles == UINT32_MAX || r->code == UINT32_MAX)
        return SCAN_NO_MEMORY;
    *start = (int64_t)at;
    return 0;
}

#define EACH 0x0101010101010101u /* times a byte: that byte eight times */

/* 0x80 in every byte that is zero, 0 in the others. */
static inline uint64_t zeros(uint64_t x)
{
    return ~(((x & EACH * 0x7f) + EACH * 0x7f) | x | EACH * 0x7f);
}

/* The highest bits of eight bytes side by side; no two of the products meet. */
static inline uint64_t gathered(uint64_t high)
{
    return (high >> 7) * 0x0102040810204080u >> 56;
}

static inline void plain_bits(const uint8_t *p, uint64_t *tabs, uint64_t *feeds, uint64_t *odd)
{
    uint64_t t = 0, f = 0, o = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t x;
        memcpy(&x, p + 8 * i, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
        x = __builtin_bswap64(x);
#endif
        t |= gathered(zeros(x ^ EACH * '\t')) << (8 * i);
        f |= gathered(zeros(x ^ EACH * '\n')) << (8 * i);
        o |= zeros(x) | zeros(x ^ EACH * '\r');
    }
    *tabs = t;
    *feeds = f;
    *odd |= o;
}

#define NAME read_plain
#define ROW row_plain
#define TARGET
#define BITS plain_bits
#include "kernel.h"

#if defined(__x86_64__)
static inline void sse2_bits(const uint8_t *p, uint64_t *tabs, uint64_t *feeds, uint64_t *odd)
{
    const __m128i tab = _mm_set1_epi8('\t'), feed = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r'), nul = _mm_setzero_si128();
    __m128i bad = nul;
    uint64_t t = 0, f = 0;
    for (int i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(p + 16 * i));
        bad = _mm_or_si128(bad, _mm_or_si128(_mm_cmpeq_epi8(x, cr), _mm_cmpeq_epi8(x, nul)));
        t |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, tab)) << (16 * i);
        f |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, feed)) << (16 * i);
    }
    *tabs = t;
    *feeds = f;
    *odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(bad);
}

#define NAME read_sse2
#define ROW row_sse2
#define TARGET
#define BITS sse2_bits
#include "kernel.h"

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
AVX2 static inline void avx2_bits(const uint8_t *p, uint64_t *tabs, uint64_t *feeds, uint64_t *odd)
{
    const __m256i tab = _mm256_set1_epi8('\t'), feed = _mm256_set1_epi8('\n');
    const __m256i cr = _mm256_set1_epi8('\r'), nul = _mm256_setzero_si256();
    __m256i x = _mm256_loadu_si256((const __m256i *)p);
    __m256i y = _mm256_loadu_si256((const __m256i *)(p + 32));
    *tabs = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, tab)) |
            (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(y, tab)) << 32;
    *feeds = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, feed)) |
             (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(y, feed)) << 32;
    __m256i bad = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi8(x, cr), _mm256_cmpeq_epi8(x, nul)),
        _mm256_or_si256(_mm256_cmpeq_epi8(y, cr), _mm256_cmpeq_epi8(y, nul)));
    *odd |= (uint32_t)_mm256_movemask_epi8(bad);
}

#define NAME read_avx2
#define ROW row_avx2
#define TARGET AVX2
#define BITS avx2_bits
#include "kernel.h"
#endif

typedef struct {
    const char *name;
    int (*read)(scanner *, const uint8_t *, size_t, uint64_t *);
    size_t (*row)(const uint8_t *, size_t, size_t, uint32_t, uint32_t *);
} kernel;

static int chosen_kernel = 0;

static kernel best(void)
{
#if defined(__x86_64__)
    if (chosen_kernel == 0 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("popcnt")) {
        return (kernel){"avx2", read_avx2, row_avx2};
    }
    if (chosen_kernel < 2)
        return (kernel){"sse2", read_sse2, row_sse2};
#endif
    return (kernel){"plain", read_plain, row_plain};
}

const char *scan_kernel(void)
{
    return best().name;
}

int scan_choose(int which)
{
    if (which < 0 || which > 2)
        return SCAN_BAD_CALL;
    chosen_kernel = which;
    return 0;
}

const char *scan_source(void)
{
    return SCAN_SOURCE;
}

scanner *scan_open(const int32_t *columns, int32_t width)
{
    for (int i = 0; i < SCAN_COLUMNS; i++)
        if (columns[i] < 0 || columns[i] >= width || columns[i] >= SPAN_TABS ||
            (i && columns[i] <= columns[i - 1]))
            return NULL;
    scanner *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    memcpy(s->columns, columns, sizeof s->columns);
    s->width = (uint32_t)width;
    s->needed = (uint32_t)columns[SCAN_COLUMNS - 1] + 1;
    return s;
}

void scan_close(scanner *s)
{
    if (!s)
        return;
    for (int i = 0; i < SCAN_TABLES; i++) {
        free(s->tables[i].words);
        free(s->tables[i].meanings);
        free(s->tables[i].slots);
    }
    free(s->step_days);
    free(s->step_meanings);
    free(s->rows);
    free(s->row_starts);
    free(s->odd);
    free(s->cells);
    free(s->used);
    free(s->acts);
    free(s->texts);
    free(s);
}

int64_t scan_keep(scanner *s, const int32_t *columns, int32_t count)
{
    if (count < 0 || count > SCAN_TEXTS)
        return SCAN_BAD_CALL;
    uint32_t tabs = 0;
    for (int32_t i = 0; i < count; i++) {
        if (columns[i] < -1 || columns[i] >= (int32_t)s->width || columns[i] >= SPAN_TABS)
            return SCAN_BAD_CALL;
        if ((uint32_t)(columns[i] + 1) > tabs)
            tabs = (uint32_t)(columns[i] + 1);
    }
    if (count)
        memcpy(s->text_columns, columns, (size_t)count * sizeof *columns);
    s->text_count = count;
    s->text_tabs = tabs;
    s->act_count = 0;
    return 0;
}

int64_t scan_read(scanner *s, const uint8_t *text, size_t length, scan_found *found)
{
    uint64_t unclean = 0;
    s->row_count = 0;
    s->act_count = 0;
    s->odd_count = 0;
    s->text = text;
    s->length = (int64_t)length;
    if (best().read(s, text, length, &unclean) < 0)
        return SCAN_NO_MEMORY;
    found->lines = s->row_count;
    found->unclean = unclean != 0;
    for (int i = 0; i < SCAN_TABLES; i++)
        found->interned[i] = s->tables[i].count;
    return 0;
}

int64_t scan_values(scanner *s, int32_t table, int64_t first, uint64_t *words)
{
    if (table < 0 || table >= SCAN_TABLES || first < 0 || first > s->tables[table].count)
        return SCAN_BAD_CALL;
    const values *v = &s->tables[table];
    size_t size = (size_t)WORDS[table], count = v->count - (size_t)first;
    if (count)
        memcpy(words, v->words + (size_t)first * size, count * size * sizeof *words);
    return (int64_t)count;
}

static int allowed(int32_t table, int32_t meaning)
{
    if (meaning == SCAN_ASK)
        return 1;
    if (table == SCAN_DATES)
        return meaning >= -DAY_SHIFT && meaning < (1 << DAY_BITS) - DAY_SHIFT;
    if (table == SCAN_ROLES)
        return meaning >= 0 && meaning <= 2;
    if (table == SCAN_CODES)
        return meaning >= 0 && meaning < 1 << CODE_BITS;
    return (meaning & ~SCAN_BY_GROUP) >= 0 && (meaning & ~SCAN_BY_GROUP) < 1 << ACTOR_BITS;
}

int64_t scan_learn(scanner *s, int32_t table, int64_t first, int64_t count, const int32_t *meanings)
{
    if (table < 0 || table >= SCAN_TABLES || table == SCAN_PAIRS || count < 0 ||
        first != s->tables[table].learned || first + count != s->tables[table].count)
        return SCAN_BAD_CALL;
    values *v = &s->tables[table];
    for (int64_t i = 0; i < count; i++) {
        if (!allowed(table, meanings[i]))
            return SCAN_BAD_CALL;
        v->meanings[first + i] = meanings[i];
    }
    v->learned = v->count;
    return 0;
}

int64_t scan_learn_pairs(scanner *s, int64_t first, int64_t count, const int64_t *starts,
                         const int32_t *days, const int32_t *meanings)
{
    values *v = &s->tables[SCAN_PAIRS];
    if (count < 0 || first != v->learned || first + count != v->count || starts[0] != 0 ||
        starts[count] > INT32_MAX - s->steps)
        return SCAN_BAD_CALL;
    for (int64_t i = 0; i < count; i++)
        if (starts[i + 1] <= starts[i] || days[starts[i]] != INT32_MIN)
            return SCAN_BAD_CALL;
    for (int64_t k = 0; k < starts[count]; k++)
        if (!allowed(SCAN_PAIRS, meanings[k]))
            return SCAN_BAD_CALL;
    int64_t room = s->step_room, steps = s->steps + starts[count];
    if (grow((void **)&s->step_days, &room, steps, sizeof *days) < 0 ||
        grow((void **)&s->step_meanings, &s->step_room, steps, sizeof *meanings) < 0)
        return SCAN_NO_MEMORY;
    if (count == 0)
        return 0;
    memcpy(s->step_days + s->steps, days, (size_t)starts[count] * sizeof *days);
    memcpy(s->step_meanings + s->steps, meanings, (size_t)starts[count] * sizeof *meanings);
    for (int64_t i = 0; i <= count; i++)
        v->meanings[first + i] = (int32_t)(s->steps + starts[i]);
    s->steps = steps;
    v->learned = v->count;
    return 0;
}

static inline int32_t who(const scanner *s, uint32_t pair, int32_t day)
{
    const int32_t *from = s->tables[SCAN_PAIRS].meanings + pair;
    int32_t k = from[1] - 1; /* the next pair's steps begin there */
    while (s->step_days[k] > day)
        k--; /* the first step's day is INT32_MIN */
    return s->step_meanings[k];
}

static int widen_cells(scanner *s)
{
    uint64_t size = s->cells ? (s->cell_mask + 1) * 2 : 4096;
    if (size > UINT32_MAX)
        return SCAN_NO_MEMORY;
    cell *cells = malloc(size * sizeof *cells);
    uint32_t *used = malloc(size / 2 * sizeof *used);
    if (!cells || !used) {
        free(cells);
        free(used);
        return SCAN_NO_MEMORY;
    }
    for (uint64_t i = 0; i < size; i++)
        cells[i].key = EMPTY;
    for (uint64_t i = 0; i < s->cell_count; i++) {
        cell moved = s->cells[s->used[i]];
        uint64_t h = mix(moved.key);
        while (cells[h & (size - 1)].key != EMPTY)
            h++;
        cells[h & (size - 1)] = moved;
        used[i] = (uint32_t)(h & (size - 1));
    }
    free(s->cells);
    free(s->used);
    s->cells = cells;
    s->used = used;
    s->cell_mask = size - 1;
    return 0;
}

static inline int add(scanner *s, uint64_t key, int64_t reports)
{
    if ((!s->cells || s->cell_count * 2 > s->cell_mask) && widen_cells(s) < 0)
        return SCAN_NO_MEMORY;
    uint64_t h = mix(key);
    for (; s->cells[h & s->cell_mask].key != EMPTY; h++)
        if (s->cells[h & s->cell_mask].key == key) {
            s->cells[h & s->cell_mask].reports += reports;
            return 0;
        }
    s->cells[h & s->cell_mask] = (cell){key, reports};
    s->used[s->cell_count++] = (uint32_t)(h & s->cell_mask);
    return 0;
}

static inline int list_act(scanner *s, uint64_t key, uint32_t reports, int64_t start, int64_t line)
{
    if (grow((void **)&s->acts, &s->act_room, s->act_count + 1, sizeof *s->acts) < 0)
        return SCAN_NO_MEMORY;
    s->acts[s->act_count++] = (act){key, start, line, reports};
    return 0;
}

static int list_odd(scanner *s, int64_t line)
{
    if (grow((void **)&s->odd, &s->odd_room, s->odd_count + 1, sizeof *s->odd) < 0)
        return SCAN_NO_MEMORY;
    int64_t start = s->row_starts[line], end = s->length;
    start = start < 0 ? -1 - start : start;
    const uint8_t *feed = memchr(s->text + start, '\n', (size_t)(s->length - start));
    if (feed)
        end = feed - s->text;
    s->odd[s->odd_count++] = (odd_row){start, end, line};
    return 0;
}

int64_t scan_tally(scanner *s, scan_totals *totals)
{
    for (int i = 0; i < SCAN_TABLES; i++)
        if (s->tables[i].learned != s->tables[i].count)
            return SCAN_BAD_CALL;
    memset(totals, 0, sizeof *totals);
    s->act_count = 0;
    const int32_t *dates = s->tables[SCAN_DATES].meanings, *codes = s->tables[SCAN_CODES].meanings;
    const int32_t *roles = s->tables[SCAN_ROLES].meanings;
    for (int64_t i = 0; i < s->row_count; i++) {
        int64_t start = s->row_starts[i];
        const row *r = s->rows + i;
        int32_t day = SCAN_ASK, code = SCAN_ASK, role = SCAN_ASK, one = SCAN_ASK, two = SCAN_ASK;
        if (start == BLANK)
            continue;
        if (start >= 0) {
            day = dates[r->date];
            code = codes[r->code];
            role = roles[r->roles];
            one = who(s, r->one, day);
            two = who(s, r->two, day);
        }
        if (day == SCAN_ASK || code == SCAN_ASK || role == SCAN_ASK || one == SCAN_ASK ||
            two == SCAN_ASK) {
            if (list_odd(s, i) < 0)
                return SCAN_NO_MEMORY;
            continue;
        }
        uint64_t source = (uint64_t)(one & ~SCAN_BY_GROUP), target = (uint64_t)(two & ~SCAN_BY_GROUP);
        if (source == 0) {
            totals->source_unknown++;
        } else if (target == 0) {
            totals->target_unknown++;
        } else if (source == target) {
            totals->same_state++;
        } else {
            uint64_t government = role == 2 ? (one & SCAN_BY_GROUP) != 0 : (uint64_t)role;
            uint64_t key = source << ACTOR_BITS | target;
            key = key << 1 | government;
            key = key << CODE_BITS | (uint64_t)code;
            key = key << DAY_BITS | (uint64_t)(day + DAY_SHIFT);
            if (add(s, key, r->reports) < 0)
                return SCAN_NO_MEMORY;
            if (s->text_count && list_act(s, key, r->reports, start, i) < 0)
                return SCAN_NO_MEMORY;
            totals->kept++;
        }
    }
    s->row_count = 0;
    totals->odd = s->odd_count;
    totals->cells = (int64_t)s->cell_count;
    return 0;
}

int64_t scan_odd(scanner *s, int64_t *starts, int64_t *ends, int64_t *lines)
{
    for (int64_t i = 0; i < s->odd_count; i++) {
        starts[i] = s->odd[i].start;
        ends[i] = s->odd[i].end;
        lines[i] = s->odd[i].line;
    }
    return s->odd_count;
}

typedef struct {
    int32_t *sources, *targets;
    int8_t *government;
    int32_t *days, *codes;
} columns;

static inline void unpack(const columns *to, uint64_t i, uint64_t key)
{
    to->days[i] = (int32_t)(key & ((1u << DAY_BITS) - 1)) - DAY_SHIFT;
    key >>= DAY_BITS;
    to->codes[i] = (int32_t)(key & ((1u << CODE_BITS) - 1));
    key >>= CODE_BITS;
    to->government[i] = (int8_t)(key & 1);
    key >>= 1;
    to->targets[i] = (int32_t)(key & ((1u << ACTOR_BITS) - 1));
    to->sources[i] = (int32_t)(key >> ACTOR_BITS);
}

int64_t scan_cells(scanner *s, int32_t *sources, int32_t *targets, int8_t *government,
                   int32_t *days, int32_t *codes, int64_t *reports)
{
    const columns to = {sources, targets, government, days, codes};
    for (uint64_t i = 0; i < s->cell_count; i++) {
        cell *c = s->cells + s->used[i];
        unpack(&to, i, c->key);
        reports[i] = c->reports;
        c->key = EMPTY;
    }
    int64_t count = (int64_t)s->cell_count;
    s->cell_count = 0;
    return count;
}

int64_t scan_acts(scanner *s, int32_t *sources, int32_t *targets, int8_t *government,
                  int32_t *days, int32_t *codes, int64_t *reports, int64_t *lines)
{
    const columns to = {sources, targets, government, days, codes};
    for (int64_t i = 0; i < s->act_count; i++) {
        unpack(&to, (uint64_t)i, s->acts[i].key);
        reports[i] = s->acts[i].reports;
        lines[i] = s->acts[i].line;
    }
    return s->act_count;
}

int64_t scan_texts(scanner *s)
{
    const kernel k = best();
    uint32_t ends[SPAN_TABS];
    s->text_size = 0;
    for (int64_t i = 0; i < s->act_count; i++) {
        const uint8_t *from = s->text + s->acts[i].start;
        size_t at = (size_t)s->acts[i].start;
        size_t row = k.row(s->text, (size_t)s->length, at, s->text_tabs, ends) - at;
        /* A column may be asked for more than once. */
        int64_t most = s->text_size + s->text_count * ((int64_t)row + 1);
        if (grow((void **)&s->texts, &s->text_room, most, 1) < 0)
            return SCAN_NO_MEMORY;
        uint8_t *to = s->texts + s->text_size;
        for (int32_t j = 0; j < s->text_count; j++) {
            int32_t column = s->text_columns[j];
            if (column >= 0) {
                size_t start = column ? ends[column - 1] + 1 : 0;
                size_t size = ((uint32_t)column + 1 < s->width ? ends[column] : row) - start;
                memcpy(to, from + start, size);
                to += size;
            }
            *to++ = j + 1 < s->text_count ? '\t' : '\n';
        }
        s->text_size = to - s->texts;
    }
    return s->text_size;
}

int64_t scan_text_bytes(scanner *s, uint8_t *bytes)
{
    if (s->text_size)
        memcpy(bytes, s->texts, (size_t)s->text_size);
    return s->text_size;
}

int64_t scan_forget(scanner *s)
{
    for (int i = 0; i < SCAN_TABLES; i++) {
        values *v = &s->tables[i];
        free(v->words);
        free(v->meanings);
        free(v->slots);
        memset(v, 0, sizeof *v);
    }
    s->steps = 0;
    s->row_count = 0;
    s->act_count = 0;
    return 0;
}
