// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Packs a folder of plain files into a tar file (POSIX.1-1988 ustar; sizes of 8 GiB and more as GNU
 * tar writes them), compressed, with the folder's name before each; and unpacks what it has packed.
 */
final class TarGz {
    private static final int BLOCK_BYTES = 512;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int NAME_BYTES = 100;
    private static final long OCTAL_MAX = 1L << 33;
    private static final int FILES_MAX = 1_000_000;
    private static final Pattern NAME = Pattern.compile("(?:[^/]+/)?([a-z][a-z0-9.-]*)");

    private TarGz() {}

    /** Tells by its name whether something is such a file. */
    static boolean isOne(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    /**
     * Packs a folder into a new file, and forces it.
     *
     * @param folder has files only
     * @param prefix what stands before their names
     */
    static void pack(Path folder, String prefix, Path file) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        try (OutputStream out =
                new GZIPOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES)) {
            for (Path each : files) {
                long bytes = Files.size(each);
                String name = prefix + '/' + each.getFileName();
                long modifiedS = Files.getLastModifiedTime(each).toMillis() / 1000;
                out.write(header(name, bytes, modifiedS));
                if (Files.copy(each, out) != bytes) {
                    throw new IOException(each + " changed while it was packed");
                }
                out.write(new byte[padding(bytes)]);
            }
            out.write(new byte[2 * BLOCK_BYTES]);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static int padding(long bytes) {
        return (int) (-bytes & BLOCK_BYTES - 1);
    }

    private static byte[] header(String name, long bytes, long modifiedS) throws IOException {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > NAME_BYTES) {
            throw new IOException("a tar file has names of " + NAME_BYTES + " bytes: " + name);
        }
        ByteBuffer header = ByteBuffer.allocate(BLOCK_BYTES);
        header.put(encoded);
        put(header, NAME_BYTES, "0000640\0" + "0000000\0" + "0000000\0");
        if (bytes < OCTAL_MAX) {
            put(header, SIZE_AT, String.format(Locale.ROOT, "%011o\0", bytes));
        } else {
            header.put(SIZE_AT, (byte) 0x80).putLong(SIZE_AT + SIZE_BYTES - Long.BYTES, bytes);
        }
        put(header, SIZE_AT + SIZE_BYTES, String.format(Locale.ROOT, "%011o\0", modifiedS));
        put(header, CHECKSUM_AT, " ".repeat(CHECKSUM_BYTES));
        put(header, TYPE_AT, "0");
        put(header, 257, "ustar\00000");
        put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(header.array())));
        return header.array();
    }

    private static void put(ByteBuffer header, int at, String text) {
        header.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static int sum(byte[] header) {
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        return sum;
    }

    /**
     * Unpacks such a file.
     *
     * @param folder an empty folder
     * @throws IOException if it is damaged, or has something that {@link #pack} does not write
     */
    static void unpack(Path file, Path folder) throws IOException {
        try (InputStream in =
                new BufferedInputStream(
                        new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES),
                        BUFFER_BYTES)) {
            for (int files = 0; files <= FILES_MAX; files++) {
                byte[] header = in.readNBytes(BLOCK_BYTES);
                if (header.length < BLOCK_BYTES) {
                    throw new EOFException(file + " ends too early");
                }
                if (sum(header) == 0) {
                    return;
                }
                unpack(header, in, file, folder);
            }
            throw new IOException(file + " has more than " + FILES_MAX + " files");
        }
    }

    private static void unpack(byte[] header, InputStream in, Path file, Path folder)
            throws IOException {
        long written = octal(header, CHECKSUM_AT, CHECKSUM_BYTES, file);
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            header[CHECKSUM_AT + i] = ' ';
        }
        if (written != sum(header)) {
            throw new IOException(file + " is damaged: a checksum is wrong");
        }
        String path = text(header, 0, NAME_BYTES);
        byte type = header[TYPE_AT];
        if (type == '5') {
            return; // the folder itself, where somebody has packed it with tar
        }
        Matcher name = NAME.matcher(path.startsWith("./") ? path.substring(2) : path);
        if (type != '0' && type != 0 || !name.matches()) {
            throw new IOException(file + " has something that is no file of a backup: " + path);
        }
        long bytes = size(header, file);
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                folder.resolve(name.group(1)), StandardOpenOption.CREATE_NEW),
                        BUFFER_BYTES)) {
            copy(in, out, bytes, file);
        }
        in.skipNBytes(padding(bytes));
    }

    private static void copy(InputStream in, OutputStream out, long bytes, Path file)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException(file + " ends too early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static long size(byte[] header, Path file) throws IOException {
        if (header[SIZE_AT] == (byte) 0x80) {
            long bytes = ByteBuffer.wrap(header).getLong(SIZE_AT + SIZE_BYTES - Long.BYTES);
            if (bytes < 0) {
                throw new IOException(file + " is damaged: a size is wrong");
            }
            return bytes;
        }
        return octal(header, SIZE_AT, SIZE_BYTES, file);
    }

    private static long octal(byte[] header, int at, int bytes, Path file) throws IOException {
        String digits = text(header, at, bytes).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw new IOException(file + " is no tar file, or is damaged");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int at, int bytes) {
        int end = at;
        while (end < at + bytes && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
