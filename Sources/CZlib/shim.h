// The parts of zlib that archives need, as functions: zlib's own entry points are macros, and count bytes in
// 32 bits.

#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum zlib_outcome {
  zlib_outcome_done,
  // The bytes are no deflate stream, or go on behind its end.
  zlib_outcome_damaged,
  // The stream holds more than the room for it.
  zlib_outcome_more,
  // The stream ends before the room is filled.
  zlib_outcome_less,
  zlib_outcome_no_memory,
};

static inline uInt zlib_part(size_t count) { return count > (1u << 30) ? (1u << 30) : (uInt)count; }

// The CRC-32 of `count` bytes, begun at that of what stood before them (0 at the beginning).
static inline uint32_t zlib_crc32(uint32_t before, const void *bytes, size_t count) {
  const unsigned char *next = (const unsigned char *)bytes;
  uLong sum = before;
  while (count > 0) {
    uInt part = zlib_part(count);
    sum = crc32(sum, next, part);
    next += part;
    count -= part;
  }
  return (uint32_t)sum;
}

// Unpacks a raw deflate stream that must fill `target` exactly.
static inline enum zlib_outcome zlib_inflate(const void *source, size_t source_count, void *target,
                                             size_t target_count) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return zlib_outcome_no_memory;
  const unsigned char *next = (const unsigned char *)source;
  unsigned char *out = (unsigned char *)target;
  // One byte more than there is room for tells a stream that holds too much.
  unsigned char surplus;
  int status = Z_OK;
  while (status == Z_OK) {
    uInt given = zlib_part(source_count);
    uInt room = zlib_part(target_count);
    stream.next_in = (unsigned char *)next;
    stream.avail_in = given;
    stream.next_out = room > 0 ? out : &surplus;
    stream.avail_out = room > 0 ? room : 1;
    status = inflate(&stream, Z_NO_FLUSH);
    next += given - stream.avail_in;
    source_count -= given - stream.avail_in;
    if (room > 0) {
      out += room - stream.avail_out;
      target_count -= room - stream.avail_out;
    } else if (stream.avail_out == 0) {
      inflateEnd(&stream);
      return zlib_outcome_more;
    }
  }
  inflateEnd(&stream);
  if (status == Z_MEM_ERROR) return zlib_outcome_no_memory;
  if (status != Z_STREAM_END) return source_count == 0 ? zlib_outcome_less : zlib_outcome_damaged;
  if (target_count > 0) return zlib_outcome_less;
  return source_count > 0 ? zlib_outcome_damaged : zlib_outcome_done;
}

// A gzip stream that is unpacked piece by piece, its members one after the other.
struct zlib_gunzip {
  z_stream stream;
  // Whether the present member has begun and not ended.
  int is_inside;
};

// A stream at its beginning; 0 when there is no memory.
static inline struct zlib_gunzip *zlib_gunzip_begin(void) {
  struct zlib_gunzip *unpacker = (struct zlib_gunzip *)calloc(1, sizeof *unpacker);
  if (unpacker == 0) return 0;
  if (inflateInit2(&unpacker->stream, MAX_WBITS + 16) == Z_OK) return unpacker;
  free(unpacker);
  return 0;
}

static inline void zlib_gunzip_end(struct zlib_gunzip *unpacker) {
  inflateEnd(&unpacker->stream);
  free(unpacker);
}

// Unpacks from `*source` to `*target` until one of them is used up (zlib_outcome_more) or what follows in `source`
// is no gzip stream any more (zlib_outcome_done); both are moved on.
static inline enum zlib_outcome zlib_gunzip_next(struct zlib_gunzip *unpacker, const unsigned char **source,
                                                 size_t *source_count, unsigned char **target,
                                                 size_t *target_count) {
  z_stream *stream = &unpacker->stream;
  while (*source_count > 0 && *target_count > 0) {
    // Behind the last member there may be zeros, as tapes have them.
    if (!unpacker->is_inside && **source != 0x1F) return zlib_outcome_done;
    unpacker->is_inside = 1;
    uInt given = zlib_part(*source_count), room = zlib_part(*target_count);
    stream->next_in = (unsigned char *)*source;
    stream->avail_in = given;
    stream->next_out = *target;
    stream->avail_out = room;
    int status = inflate(stream, Z_NO_FLUSH);
    *source += given - stream->avail_in;
    *source_count -= given - stream->avail_in;
    *target += room - stream->avail_out;
    *target_count -= room - stream->avail_out;
    if (status == Z_MEM_ERROR) return zlib_outcome_no_memory;
    if (status == Z_STREAM_END) {
      unpacker->is_inside = 0;
      if (inflateReset(stream) != Z_OK) return zlib_outcome_damaged;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return zlib_outcome_damaged;
    }
  }
  return zlib_outcome_more;
}

// Room that zlib_deflate needs at most for `count` bytes.
static inline size_t zlib_deflate_bound(size_t count) { return count + count / 1000 + 64 * (count / 16384 + 1); }

// Packs `source` as a raw deflate stream into `target` and returns its length; 0 when there is no memory.
static inline size_t zlib_deflate(const void *source, size_t source_count, void *target, size_t target_count) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  const unsigned char *next = (const unsigned char *)source;
  unsigned char *out = (unsigned char *)target;
  size_t written = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    uInt given = zlib_part(source_count);
    uInt room = zlib_part(target_count - written);
    stream.next_in = (unsigned char *)next;
    stream.avail_in = given;
    stream.next_out = out + written;
    stream.avail_out = room;
    status = deflate(&stream, given == source_count ? Z_FINISH : Z_NO_FLUSH);
    next += given - stream.avail_in;
    source_count -= given - stream.avail_in;
    written += room - stream.avail_out;
  }
  deflateEnd(&stream);
  return status == Z_STREAM_END ? written : 0;
}

#endif
