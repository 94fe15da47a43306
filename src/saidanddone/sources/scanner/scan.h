/* The scanner: one pass over the text of a GDELT export, straight into cells.
 *
 * It knows nothing of what the columns mean. It interns the bytes of the few columns that matter
 * (SQLDATE, country and group of both actors, Actor1's types, the code), Python says once what
 * each distinct value means, and scan_tally counts the rows into cells by these meanings. Rows
 * that are not plain (another number of columns, a long field, a count that is no number, a value
 * that Python will not take) are listed and left to the path that reads rows one by one. Asked to
 * keep the acts, it also lists the rows that it counts, with the bytes of some of their columns.
 *
 * No function reads outside [text, text + length); text needs no terminator. A scanner is used
 * by one thread at a time. Negative results: SCAN_NO_MEMORY, SCAN_BAD_CALL.
 */
#ifndef SAIDANDDONE_SCAN_H
#define SAIDANDDONE_SCAN_H

#include <stddef.h>
#include <stdint.h>

#define SCAN_NO_MEMORY (-1)
#define SCAN_BAD_CALL (-2)

#define SCAN_ASK INT32_MIN
#define SCAN_TEXTS 16
#define SCAN_BY_GROUP (1 << 16)

/* Places of the columns in the array given to scan_open. */
enum {
    SCAN_DATE, SCAN_COUNTRY1, SCAN_GROUP1, SCAN_TYPE1, SCAN_TYPE2, SCAN_TYPE3,
    SCAN_COUNTRY2, SCAN_GROUP2, SCAN_CODE, SCAN_REPORTS, SCAN_COLUMNS
};

/* Tables of interned values. Their words: a date's eight bytes; country | group << 32; type 1 |
 * type 2 << 32 and type 3; the code. First bytes are lowest, empty fields 0. */
enum { SCAN_DATES, SCAN_PAIRS, SCAN_ROLES, SCAN_CODES, SCAN_TABLES };

typedef struct scanner scanner;

typedef struct {
    int64_t lines;                 /* lines, blank ones too */
    int64_t unclean;               /* 1: the text holds a NUL or a CR */
    int64_t interned[SCAN_TABLES]; /* values known of each table */
} scan_found;

typedef struct {
    int64_t kept;
    int64_t source_unknown;
    int64_t target_unknown;
    int64_t same_state;
    int64_t odd;                  /* rows for scan_odd */
    int64_t cells;                /* cells for scan_cells */
} scan_totals;

#define SCAN_API __attribute__((visibility("default")))

/* columns: SCAN_COLUMNS ascending numbers from 0; width: how many columns a row has. */
SCAN_API scanner *scan_open(const int32_t *columns, int32_t width);
SCAN_API void scan_close(scanner *s);
/* "avx2", "sse2" or "plain". */
SCAN_API const char *scan_kernel(void);
/* 0: the best kernel of this machine; 1: sse2; 2: plain. For tests. */
SCAN_API int scan_choose(int kernel);
SCAN_API const char *scan_source(void);

/* Which columns scan_texts writes, in this order, up to SCAN_TEXTS; -1: an empty one. With a count
 * of 0, as a new scanner has it, rows that are counted are not listed. */
SCAN_API int64_t scan_keep(scanner *s, const int32_t *columns, int32_t count);
SCAN_API int64_t scan_read(scanner *s, const uint8_t *text, size_t length, scan_found *found);
/* Copies the words of the values from first on; a value is padded with NULs. */
SCAN_API int64_t scan_values(scanner *s, int32_t table, int64_t first, uint64_t *words);
/* SCAN_DATES: days since 1970-01-01; SCAN_ROLES: 0 not for the government, 1 for it, 2 for it
 * where SCAN_BY_GROUP; SCAN_CODES: a number from 0; SCAN_ASK: leave such rows out, as odd. */
SCAN_API int64_t scan_learn(scanner *s, int32_t table, int64_t first, int64_t count,
                            const int32_t *meanings);
/* Pair i means meanings[k] from days[k] on, for k in starts[i] .. starts[i + 1] - 1; the first of
 * its days is INT32_MIN. A meaning is an actor's number (0: nobody), with SCAN_BY_GROUP where the
 * group and not the country says so, or SCAN_ASK. */
SCAN_API int64_t scan_learn_pairs(scanner *s, int64_t first, int64_t count, const int64_t *starts,
                                  const int32_t *days, const int32_t *meanings);
/* Adds the lines last read to the cells; their text must still be there. */
SCAN_API int64_t scan_tally(scanner *s, scan_totals *totals);
/* Where the odd rows begin and end, and the number of their line, from 0, ascending. */
SCAN_API int64_t scan_odd(scanner *s, int64_t *starts, int64_t *ends, int64_t *lines);
/* Hands over the cells and empties them. */
SCAN_API int64_t scan_cells(scanner *s, int32_t *sources, int32_t *targets, int8_t *government,
                            int32_t *days, int32_t *codes, int64_t *reports);
/* The rows last counted, in their order: as cells, each with its line, from 0. */
SCAN_API int64_t scan_acts(scanner *s, int32_t *sources, int32_t *targets, int8_t *government,
                           int32_t *days, int32_t *codes, int64_t *reports, int64_t *lines);
/* Writes the columns of scan_keep of these rows, tabs between them and LF behind, into memory of
 * its own, and returns how many bytes that are; their text must still be there. */
SCAN_API int64_t scan_texts(scanner *s);
/* Copies what scan_texts wrote. */
SCAN_API int64_t scan_text_bytes(scanner *s, uint8_t *bytes);
/* Forgets every interned value. */
SCAN_API int64_t scan_forget(scanner *s);

#endif
