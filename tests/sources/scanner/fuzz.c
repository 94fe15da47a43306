/* Throws mangled rows at the scanner under sanitizers and checks what must hold for any text.
 *
 *     fuzz SECONDS SEED [SAMPLE]
 *
 * Texts lie in blocks of exactly their size, so that one byte read beyond them is found. All
 * kernels must agree, and every line that is not blank must be kept, filtered or odd.
 */
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static size_t below(size_t limit)
{
    return limit ? (size_t)(next() % limit) : 0;
}

static const char *const CODES[] = {"", "", "USA", "RUS", "UNO", "GOV", "PRK", "010", "0251", "LONGER"};
static const char *const DATES[] = {"20191001", "19790101", "20150219", "2019100", "00000000"};
static const char *const COUNTS[] = {"1", "10", "99999999", "0", "100000000", "-1", "1.5", ""};
static const int32_t WIDTHS[] = {57, 58, 61, 35};
static const int32_t COLUMNS[] = {1, 7, 8, 12, 13, 14, 17, 18, 26, 33};
static const int32_t LAST_COLUMNS[] = {1, 26, 27, 28, 29, 30, 31, 32, 33, 34};

static size_t row(char *to, int width)
{
    size_t size = 0;
    for (int column = 0; column < width; column++) {
        const char *field = CODES[below(sizeof CODES / sizeof *CODES)];
        if (column == 1)
            field = DATES[below(sizeof DATES / sizeof *DATES)];
        else if (column == (width == 35 ? 34 : 33))
            field = COUNTS[below(sizeof COUNTS / sizeof *COUNTS)];
        else if (column > 40 && below(3) == 0)
            field = "a somewhat longer field of text, as addresses and places are";
        size += (size_t)sprintf(to + size, "%s%c", field, column + 1 < width ? '\t' : '\n');
    }
    return size;
}

static uint8_t *text(const uint8_t *sample, size_t sample_size, int width, size_t *size)
{
    size_t rows = below(40), room = rows * 6000 + 200000, used = 0;
    uint8_t *draft = malloc(room);
    if (!draft)
        exit(2);
    if (sample_size && below(2)) {
        size_t from = below(sample_size);
        used = below(20000);
        used = used > sample_size - from ? sample_size - from : used;
        memcpy(draft, sample + from, used);
    } else if (below(8) == 0) {
        for (used = below(3000); rows < used; rows++)
            draft[rows] = (uint8_t)next();
    } else {
        for (size_t i = 0; i < rows; i++)
            used += row((char *)draft + used, width);
    }
    static const char SPECIAL[] = "\t\n\r 0\xff";
    for (size_t i = below(2) ? below(30) : 0; i && used; i--) {
        size_t at = below(used);
        switch (below(4)) {
        case 0:
            draft[at] = (uint8_t)next();
            break;
        case 1:
            draft[at] = (uint8_t)SPECIAL[below(6)];
            break;
        case 2: /* cut out */
            memmove(draft + at, draft + at + 1, used - at - 1);
            used--;
            break;
        default: /* a very long field */
            if (below(50) == 0 && used + 70000 < room) {
                memmove(draft + at + 70000, draft + at, used - at);
                memset(draft + at, below(2) ? 'x' : '\t', 70000);
                used += 70000;
            }
        }
    }
    if (below(3) == 0)
        used = below(used + 1);
    uint8_t *exact = malloc(used ? used : 1);
    if (!exact)
        exit(2);
    memcpy(exact, draft, used);
    free(draft);
    *size = used;
    return exact;
}

#define REQUIRE(condition)                                                  \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition); \
            abort();                                                        \
        }                                                                   \
    } while (0)

/* Any meanings do, as long as they depend on the value alone. */
static void teach(scanner *s, const scan_found *found, int64_t learned[SCAN_TABLES])
{
    for (int32_t table = 0; table < SCAN_TABLES; table++) {
        int64_t first = learned[table], count = found->interned[table] - first;
        size_t words = table == SCAN_ROLES ? 2 : 1;
        uint64_t *values = malloc(((size_t)count * words + 1) * sizeof *values);
        int32_t *meanings = malloc(((size_t)count * 2 + 1) * sizeof *meanings);
        int32_t *days = malloc(((size_t)count * 2 + 1) * sizeof *days);
        int64_t *starts = malloc(((size_t)count + 1) * sizeof *starts);
        if (!values || !meanings || !days || !starts)
            exit(2);
        REQUIRE(scan_values(s, table, first, values) == count);
        int64_t steps = 0;
        for (int64_t i = 0; i < count; i++) {
            uint64_t h = values[(size_t)i * words] * 0x9e3779b97f4a7c15u >> 40;
            if (table == SCAN_PAIRS) {
                starts[i] = steps;
                days[steps] = INT32_MIN;
                meanings[steps++] = h % 5 ? (int32_t)(h % 9) : SCAN_ASK;
                if (h % 3 == 0) {
                    days[steps] = 17000;
                    meanings[steps++] = (int32_t)(h % 7) | SCAN_BY_GROUP;
                }
            } else if (table == SCAN_DATES) {
                meanings[i] = h % 7 ? (int32_t)(h % 20000) : SCAN_ASK;
            } else {
                meanings[i] = h % 11 ? (int32_t)(h % 3) : SCAN_ASK;
            }
        }
        starts[count] = steps;
        if (table == SCAN_PAIRS)
            REQUIRE(scan_learn_pairs(s, first, count, starts, days, meanings) == 0);
        else
            REQUIRE(scan_learn(s, table, first, count, meanings) == 0);
        learned[table] = found->interned[table];
        free(values);
        free(meanings);
        free(days);
        free(starts);
    }
}

static const int32_t KEPT[] = {0, 6, -1, 16, 33, 34};
#define KEPT_COLUMNS ((int32_t)(sizeof KEPT / sizeof *KEPT))

/* Where a column of a row begins. */
static const uint8_t *column_of(const uint8_t *row, int32_t column)
{
    for (; column; row++)
        column -= *row == '\t';
    return row;
}

/* The rows that were counted, against a plain reading of their columns. */
static uint64_t check_acts(scanner *s, const uint8_t *bytes, size_t size, const scan_totals *totals)
{
    uint64_t digest = 0;
    size_t acts = (size_t)totals->kept + 1;
    int32_t *numbers = malloc(acts * 4 * sizeof *numbers);
    int8_t *government = malloc(acts);
    int64_t *reports = malloc(acts * 2 * sizeof *reports), *lines = reports + acts;
    if (!numbers || !government || !reports)
        exit(2);
    REQUIRE(scan_acts(s, numbers, numbers + acts, government, numbers + 2 * acts,
                      numbers + 3 * acts, reports, lines) == totals->kept);
    int64_t length = scan_texts(s);
    REQUIRE(length >= 0);
    uint8_t *texts = malloc((size_t)length + 1);
    if (!texts)
        exit(2);
    REQUIRE(scan_text_bytes(s, texts) == length);
    const uint8_t *text = texts, *at = bytes, *limit = bytes + size;
    int64_t line = 0;
    for (size_t i = 0; i + 1 < acts; i++) {
        REQUIRE(numbers[i] != numbers[acts + i] && reports[i] > 0);
        digest = digest * 31 + (uint64_t)numbers[i] + (uint64_t)reports[i];
        for (; line < lines[i]; line++) {
            REQUIRE((at = memchr(at, '\n', (size_t)(limit - at))) != NULL);
            at++;
        }
        for (int32_t j = 0; j < KEPT_COLUMNS; j++) {
            if (KEPT[j] >= 0) {
                const uint8_t *from = column_of(at, KEPT[j]);
                for (; from < limit && *from != '\t' && *from != '\n'; from++, text++)
                    REQUIRE(text < texts + length && *from == *text);
            }
            REQUIRE(text < texts + length && *text == (j + 1 < KEPT_COLUMNS ? '\t' : '\n'));
            text++;
        }
    }
    REQUIRE(text == texts + length);
    free(texts);
    free(numbers);
    free(government);
    free(reports);
    return digest;
}

typedef struct {
    scan_totals totals;
    int64_t lines, unclean;
    uint64_t digest;
} outcome;

static outcome run(int kernel, const uint8_t *bytes, size_t size, int32_t width, int rounds)
{
    outcome o = {0};
    int64_t learned[SCAN_TABLES] = {0};
    REQUIRE(scan_choose(kernel) == 0);
    scanner *s = scan_open(width == 35 ? LAST_COLUMNS : COLUMNS, width);
    REQUIRE(s);
    REQUIRE(scan_keep(s, KEPT, SCAN_TEXTS + 1) == SCAN_BAD_CALL);
    for (int round = 0; round < rounds; round++) {
        scan_found found;
        REQUIRE(scan_keep(s, KEPT, round % 2 ? 0 : KEPT_COLUMNS) == 0);
        REQUIRE(scan_read(s, bytes, size, &found) == 0);
        teach(s, &found, learned);
        REQUIRE(scan_tally(s, &o.totals) == 0);
        o.lines = found.lines;
        o.unclean = found.unclean;
        size_t odd = (size_t)o.totals.odd;
        int64_t *spans = malloc((odd * 3 + 1) * sizeof *spans);
        if (!spans)
            exit(2);
        REQUIRE(scan_odd(s, spans, spans + odd, spans + 2 * odd) == o.totals.odd);
        for (size_t i = 0; i < odd; i++) {
            int64_t start = spans[i], end = spans[odd + i];
            REQUIRE(0 <= start && start < end && (size_t)end <= size);
            REQUIRE(start == 0 || bytes[start - 1] == '\n');
            REQUIRE((size_t)end == size || bytes[end] == '\n');
            REQUIRE(spans[2 * odd + i] < o.lines);
            o.digest += (uint64_t)(start * 31 + end * 17 + spans[2 * odd + i]);
        }
        free(spans);
        if (round % 2 == 0)
            o.digest += check_acts(s, bytes, size, &o.totals);
        else
            REQUIRE(scan_texts(s) == 0);
        if (round % 3 == 2) {
            REQUIRE(scan_forget(s) == 0);
            memset(learned, 0, sizeof learned);
        }
    }
    size_t cells = (size_t)o.totals.cells + 1;
    int32_t *numbers = malloc(cells * 4 * sizeof *numbers);
    int8_t *government = malloc(cells);
    int64_t *reports = malloc(cells * sizeof *reports);
    if (!numbers || !government || !reports)
        exit(2);
    REQUIRE(scan_cells(s, numbers, numbers + cells, government, numbers + 2 * cells,
                       numbers + 3 * cells, reports) == o.totals.cells);
    for (size_t i = 0; i + 1 < cells; i++) {
        REQUIRE(numbers[i] != numbers[cells + i] && reports[i] > 0);
        uint64_t h = (uint64_t)numbers[i] * 31 + (uint64_t)numbers[cells + i];
        h = h * 31 + (uint64_t)government[i];
        h = h * 31 + (uint64_t)(uint32_t)numbers[2 * cells + i];
        h = h * 31 + (uint64_t)numbers[3 * cells + i];
        o.digest += (h * 31 + (uint64_t)reports[i]) * 0x9e3779b97f4a7c15u;
    }
    free(numbers);
    free(government);
    free(reports);
    scan_close(s);
    return o;
}

int main(int count, char **words)
{
    double seconds = count > 1 ? atof(words[1]) : 5;
    state = (count > 2 ? (uint64_t)atoll(words[2]) : 1) * 2 + 1;
    uint8_t *sample = NULL;
    size_t sample_size = 0;
    if (count > 3) {
        FILE *file = fopen(words[3], "rb");
        sample = malloc(1 << 22);
        if (!file || !sample)
            return 2;
        sample_size = fread(sample, 1, 1 << 22, file);
        fclose(file);
    }
    long texts = 0;
    clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
    while (clock() < end) {
        size_t size;
        int32_t width = WIDTHS[below(4)];
        uint8_t *bytes = text(sample, sample_size, width, &size);
        int rounds = 1 + (int)below(4);
        outcome first = run(0, bytes, size, width, rounds);
        int64_t lines = 0, filled = 0;
        for (size_t start = 0, i = 0; i <= size; i++)
            if (i == size ? start < size : bytes[i] == '\n') {
                lines++;
                filled += i > start;
                start = i + 1;
            }
        REQUIRE(first.lines == lines);
        REQUIRE(first.unclean == (size && (memchr(bytes, 0, size) || memchr(bytes, '\r', size))));
        REQUIRE(first.totals.kept + first.totals.source_unknown + first.totals.target_unknown +
                    first.totals.same_state + first.totals.odd == filled);
        for (int kernel = 1; kernel < 3; kernel++) {
            outcome other = run(kernel, bytes, size, width, rounds);
            REQUIRE(other.lines == first.lines && other.unclean == first.unclean &&
                    other.digest == first.digest);
            REQUIRE(memcmp(&other.totals, &first.totals, sizeof first.totals) == 0);
        }
        free(bytes);
        texts++;
    }
    free(sample);
    printf("%ld texts\n", texts);
    return 0;
}
