/* Loaded before libc (LD_PRELOAD): counts what a process does to the files below one folder, and at the n-th call ends
 * the process as a kill, as a kill within a write, or as a loss of power would, or has the call fail.
 *
 * Not armed it passes everything on. One thread at a time may be armed. Linux only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum how { OFF, KILL, KILL_HALFWAY, POWER_ALL_LOST, POWER_SOME_LOST, FAIL_ONCE, FAIL_ON };
enum kind { WRITE = 1, SYNC = 2, OPEN = 4, NAME = 8, READ = 16 };

static enum how how = OFF;
static int kinds, failure;
static long at, seen;
static char folder[PATH_MAX];
static unsigned long long chance;

/* What was written and not yet made to last, in the order of the writing. */
struct change {
    struct change *before, *after;
    char path[PATH_MAX];
    dev_t device;
    ino_t inode;
    off_t offset, old_size, new_size;
    size_t old_length, new_length;
    char *old_bytes, *new_bytes;
};
static struct change *first, *last;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static int below(const char *path) {
    size_t length = strlen(folder);
    return length && !strncmp(path, folder, length) && path[length] == '/';
}

static int path_of(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static ssize_t read_fully(int file, char *bytes, size_t length, off_t offset) {
    ssize_t found = REAL(pread64)(file, bytes, length, offset);
    return found < 0 ? 0 : found;
}

static void put_back(struct change *one, int undo) {
    int file = REAL(open64)(one->path, O_RDWR);
    struct stat now;
    if (file < 0) return;
    if (!fstat(file, &now) && now.st_dev == one->device && now.st_ino == one->inode) {
        const char *bytes = undo ? one->old_bytes : one->new_bytes;
        size_t length = undo ? one->old_length : one->new_length;
        int is_cut = !one->new_bytes;
        if ((undo || is_cut) && REAL(ftruncate64)(file, undo ? one->old_size : one->new_size)) abort();
        if (length && REAL(pwrite64)(file, bytes, length, one->offset) < 0) abort();
    }
    REAL(close)(file);
}

static void lose_power(void) {
    struct change *one;
    for (one = last; one; one = one->before) put_back(one, 1);
    if (how == POWER_SOME_LOST)
        for (one = first; one; one = one->after) {
            chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
            if (chance & 1) put_back(one, 0);
        }
}

static struct change *change_of(int file, const char *path, off_t offset) {
    struct change *one = calloc(1, sizeof *one);
    struct stat now;
    if (!one || fstat(file, &now)) abort();
    strcpy(one->path, path);
    one->device = now.st_dev, one->inode = now.st_ino;
    one->offset = offset, one->old_size = one->new_size = now.st_size;
    one->before = last;
    if (last) last->after = one; else first = one;
    return last = one;
}

static void remember_write(int file, const char *path, const void *bytes, size_t length, off_t offset) {
    struct change *one = change_of(file, path, offset);
    one->old_bytes = malloc(length + 1), one->new_bytes = malloc(length + 1);
    if (!one->old_bytes || !one->new_bytes) abort();
    one->old_length = read_fully(file, one->old_bytes, length, offset);
    memcpy(one->new_bytes, bytes, one->new_length = length);
}

static void remember_cut(int file, const char *path, off_t size) {
    struct change *one = change_of(file, path, size);
    if (size < one->old_size) {
        one->old_bytes = malloc(one->old_size - size);
        if (!one->old_bytes) abort();
        one->old_length = read_fully(file, one->old_bytes, one->old_size - size, size);
    }
    one->new_size = size;
}

static void forget(int file) {
    struct change *one = first;
    struct stat now;
    if (fstat(file, &now)) return;
    while (one) {
        struct change *next = one->after;
        if (one->device == now.st_dev && one->inode == now.st_ino) {
            if (one->before) one->before->after = next; else first = next;
            if (next) next->before = one->before; else last = one->before;
            free(one->old_bytes), free(one->new_bytes), free(one);
        }
        one = next;
    }
}

__attribute__((noreturn)) static void end(void) {
    REAL(kill)(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts a call; 1 where it has to fail, -1 where it is to be ended halfway. */
static int counted(enum kind kind) {
    if (how == OFF || !(kinds & kind)) return 0;
    seen++;
    if (seen < at || (seen > at && how != FAIL_ON)) return 0;
    switch (how) {
    case KILL: end();
    case KILL_HALFWAY: if (kind == WRITE) return -1; end();
    case POWER_ALL_LOST: case POWER_SOME_LOST: lose_power(); end();
    default: errno = failure; return 1;
    }
}

static int loses(void) { return how == POWER_ALL_LOST || how == POWER_SOME_LOST; }

/* What a program under trial calls. */

void survival_arm(const char *below_folder, int new_how, int new_kinds, long new_at, int new_failure) {
    snprintf(folder, sizeof folder, "%s", below_folder);
    kinds = new_kinds, at = new_at, failure = new_failure, seen = 0;
    chance = 0x9E3779B97F4A7C15ull * (unsigned long long)(new_at + 1);
    how = new_how;
}

long survival_seen(void) { return seen; }

/* What stands in the place of libc's. */

ssize_t write(int file, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (how == OFF || !path_of(file, path)) return REAL(write)(file, bytes, length);
    int told = counted(WRITE);
    if (told > 0) return -1;
    if (told < 0) { if (REAL(write)(file, bytes, length / 2)) end(); end(); }
    if (loses()) {
        struct stat now;
        int is_at_end = fcntl(file, F_GETFL) & O_APPEND;
        off_t offset = is_at_end && !fstat(file, &now) ? now.st_size : lseek(file, 0, SEEK_CUR);
        remember_write(file, path, bytes, length, offset);
    }
    return REAL(write)(file, bytes, length);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    char path[PATH_MAX];
    if (how == OFF || !path_of(file, path)) return REAL(pwrite64)(file, bytes, length, offset);
    int told = counted(WRITE);
    if (told > 0) return -1;
    if (told < 0) { if (REAL(pwrite64)(file, bytes, length / 2, offset)) end(); end(); }
    if (loses()) remember_write(file, path, bytes, length, offset);
    return REAL(pwrite64)(file, bytes, length, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    return pwrite64(file, bytes, length, offset);
}

ssize_t read(int file, void *bytes, size_t length) {
    char path[PATH_MAX];
    if (how != OFF && kinds & READ && path_of(file, path) && counted(READ) > 0) return -1;
    return REAL(read)(file, bytes, length);
}

ssize_t pread64(int file, void *bytes, size_t length, off64_t offset) {
    char path[PATH_MAX];
    if (how != OFF && kinds & READ && path_of(file, path) && counted(READ) > 0) return -1;
    return REAL(pread64)(file, bytes, length, offset);
}

ssize_t pread(int file, void *bytes, size_t length, off_t offset) { return pread64(file, bytes, length, offset); }

int fsync(int file) {
    char path[PATH_MAX];
    if (how == OFF || !path_of(file, path)) return REAL(fsync)(file);
    if (counted(SYNC) > 0) return -1;
    int done = REAL(fsync)(file);
    if (!done && loses()) forget(file);
    return done;
}

int fdatasync(int file) {
    char path[PATH_MAX];
    if (how == OFF || !path_of(file, path)) return REAL(fdatasync)(file);
    if (counted(SYNC) > 0) return -1;
    int done = REAL(fdatasync)(file);
    if (!done && loses()) forget(file);
    return done;
}

int ftruncate64(int file, off64_t size) {
    char path[PATH_MAX];
    if (how == OFF || !path_of(file, path)) return REAL(ftruncate64)(file, size);
    int told = counted(WRITE);
    if (told > 0) return -1;
    if (told < 0) end();
    if (loses()) remember_cut(file, path, size);
    return REAL(ftruncate64)(file, size);
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int unlink(const char *path) {
    if (how != OFF && below(path) && counted(NAME) > 0) return -1;
    return REAL(unlink)(path);
}

int rename(const char *old, const char *new) {
    if (how != OFF && below(new) && counted(NAME) > 0) return -1;
    return REAL(rename)(old, new);
}

static mode_t mode_of(int flags, va_list more) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    if (how != OFF && below(path) && counted(OPEN) > 0) return -1;
    return REAL(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    if (how != OFF && below(path) && counted(OPEN) > 0) return -1;
    return REAL(open)(path, flags, mode);
}
