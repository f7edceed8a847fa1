// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** A file of the file system. */
final class DiskFile implements DataFile {
    /**
     * So many zeros are written before they are forced, so that no other force has to wait long.
     */
    private static final int ZEROS_BYTES = 1 << 20;

    /**
     * So much of an array is read or written at once: the JDK copies it through memory of its own,
     * which it keeps for each thread, as large as the largest copy ever.
     */
    private static final int COPY_BYTES_MAX = 256 << 10;

    private final Path path;
    private final FileChannel channel;

    DiskFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int bytes = 0;
        int limit = target.limit();
        try {
            while (target.position() < limit) {
                target.limit(nextLimit(target, limit));
                int count = channel.read(target, position + bytes);
                if (count < 0) {
                    break;
                }
                bytes += count;
            }
        } finally {
            target.limit(limit);
        }
        return bytes;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        long at = position;
        int limit = source.limit();
        try {
            while (source.position() < limit) {
                source.limit(nextLimit(source, limit));
                at += channel.write(source, at);
            }
        } catch (IOException e) {
            throw typed(path, e);
        } finally {
            source.limit(limit);
        }
    }

    private static int nextLimit(ByteBuffer buffer, int limit) {
        return buffer.isDirect()
                ? limit
                : (int) Math.min(limit, (long) buffer.position() + COPY_BYTES_MAX);
    }

    @Override
    public void preallocate(long bytes) throws IOException {
        long at = channel.size();
        long room = path.toFile().getUsableSpace();
        if (room < bytes - at) {
            throw new NoRoomException(
                    path + " needs " + (bytes - at) + " bytes, free are " + room, null);
        }
        ByteBuffer zeros = Zeros.BUFFER.duplicate();
        while (at < bytes) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
            int count = zeros.remaining();
            write(zeros, at);
            at += count;
            if (at < bytes) {
                force();
            }
        }
    }

    /** Outside the heap, where writes need no copy; made when it is first used. */
    private static final class Zeros {
        static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(ZEROS_BYTES);
    }

    @Override
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw typed(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The JDK has no type for a full disk, only the system's words. */
    static IOException typed(Path path, IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("quota exceeded")) {
            return new NoRoomException(path + ": " + cause.getMessage(), cause);
        }
        return cause instanceof FileSystemException
                ? cause // it names the file
                : new IOException(path + ": " + cause.getMessage(), cause);
    }
}
