// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.wire.ByteSink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a backup says of itself: a text in the file {@value #NAME}, which is written last. Without
 * it the folder is no backup, or one that was interrupted.
 *
 * <pre>
 *     taffrail-backup 1
 *     taken 2026-11-27T20:55:00Z
 *     epoch 3
 *     sequence 4711
 *     file manifest 212 crc32c 1a2b3c4d        one line for each, size in bytes
 *     end 5e6f7a8b                             CRC32C of all before the number
 * </pre>
 *
 * @param taken when the copying began
 * @param epoch the number of the broker's start that wrote it
 * @param lastSequence the last batch
 * @param files size and checksum by name
 */
public record BackupNote(Instant taken, int epoch, long lastSequence, Map<String, FileNote> files) {
    /** The file's name. */
    public static final String NAME = "backup";

    private static final String FIRST_LINE = "taffrail-backup 1";
    private static final int BYTES_MAX = 64 << 20;

    /**
     * How many starts of the old broker a restored one passes over: its connections are taken for
     * nobody's that the old one has served since the backup.
     */
    private static final int EPOCHS_PASSED_OVER = 1000;

    private static final int FILES_FROM_LINE = 4;

    private static final Pattern HEAD =
            Pattern.compile("taken (\\S{1,40})\nepoch (\\d{1,9})\nsequence (\\d{1,18})");

    private static final Pattern FILE =
            Pattern.compile("file ([a-z][a-z0-9.-]*) (\\d{1,18}) crc32c ([0-9a-f]{8})");

    /**
     * What is known of a file.
     *
     * @param bytes its size
     * @param crc32c its checksum
     */
    public record FileNote(long bytes, int crc32c) {}

    /**
     * Sums up the files of a copy that is complete, writes the note, and makes all names durable.
     *
     * @param folder the copy
     * @param taken when the copying began
     * @param moment what was copied
     * @return the note
     * @throws IOException if that can't be done
     */
    public static BackupNote write(Folder folder, Instant taken, FolderBackup.Moment moment)
            throws IOException {
        Map<String, FileNote> files = new LinkedHashMap<>();
        for (String name : FolderBackup.files(folder)) {
            try (DataFile file = folder.open(name)) {
                files.put(name, new FileNote(file.size(), Copying.checksum(file)));
            }
        }
        BackupNote note = new BackupNote(taken, moment.epoch(), moment.lastSequence(), files);
        try (DataFile file = folder.create(NAME)) {
            file.write(ByteBuffer.wrap(note.text().getBytes(StandardCharsets.US_ASCII)), 0);
            file.force();
        }
        folder.force();
        return note;
    }

    private String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("taken ").append(taken).append('\n');
        text.append("epoch ").append(epoch).append('\n');
        text.append("sequence ").append(lastSequence).append('\n');
        files.forEach(
                (name, file) ->
                        text.append("file ")
                                .append(name)
                                .append(' ')
                                .append(file.bytes)
                                .append(" crc32c ")
                                .append(hex(file.crc32c))
                                .append('\n'));
        return text.append("end ").append(hex(sum(text.toString()))).append('\n').toString();
    }

    private static String hex(int number) {
        return String.format(Locale.ROOT, "%08x", number);
    }

    private static int sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return (int) sum.getValue();
    }

    /**
     * Reads the note of a backup.
     *
     * @param folder the backup
     * @return what it says
     * @throws IOException if it can't be read
     * @throws StoreException IO if there is none; CORRUPT if it is damaged
     */
    public static BackupNote read(Folder folder) throws IOException, StoreException {
        String text;
        try (DataFile file = folder.open(NAME)) {
            if (file.size() > BYTES_MAX) {
                throw damaged(folder);
            }
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StoreException(
                    StoreException.Kind.IO,
                    folder + " is no backup, or one that was interrupted: it has no file " + NAME,
                    e);
        }
        try {
            return parse(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged(folder);
        }
    }

    /** Reads a note; throws an IllegalArgumentException or DateTimeException if it is damaged. */
    private static BackupNote parse(String text) {
        int last = text.lastIndexOf("end ");
        if (last < 0
                || !text.substring(last + 4).equals(hex(sum(text.substring(0, last + 4))) + '\n')) {
            throw new IllegalArgumentException("its checksum");
        }
        String[] lines = text.substring(0, last).split("\n");
        if (lines.length < FILES_FROM_LINE || !lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException("its beginning");
        }
        Matcher head = HEAD.matcher(lines[1] + '\n' + lines[2] + '\n' + lines[3]);
        require(head.matches());
        Map<String, FileNote> files = new LinkedHashMap<>();
        for (int i = FILES_FROM_LINE; i < lines.length; i++) {
            Matcher file = FILE.matcher(lines[i]);
            require(file.matches());
            files.put(
                    file.group(1),
                    new FileNote(
                            Long.parseLong(file.group(2)),
                            Integer.parseUnsignedInt(file.group(3), 16)));
        }
        return new BackupNote(
                Instant.parse(head.group(1)),
                Integer.parseInt(head.group(2)),
                Long.parseLong(head.group(3)),
                files);
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("a line");
        }
    }

    private static StoreException damaged(Folder folder) {
        return Corruption.at(folder.describe(NAME), 0, "the backup's note is not whole");
    }

    /**
     * Copies the backup that this is the note of into an empty folder, from which a broker can
     * start, and compares each file with what is noted of it.
     *
     * @param backup the backup
     * @param target the folder
     * @throws IOException if something can't be read or written
     * @throws StoreException CORRUPT if a file is missing, or another than it was
     */
    public void restore(Folder backup, Folder target) throws IOException, StoreException {
        for (Map.Entry<String, FileNote> noted : files.entrySet()) {
            String name = noted.getKey();
            try (DataFile from = backup.open(name);
                    DataFile to = target.create(name)) {
                if (from.size() != noted.getValue().bytes) {
                    throw Corruption.at(
                            backup.describe(name),
                            0,
                            "it has " + from.size() + " bytes, not " + noted.getValue().bytes);
                }
                Copying.copy(from, to, true, bytes -> {});
                to.force();
                if (Copying.checksum(to) != noted.getValue().crc32c) {
                    throw Corruption.at(backup.describe(name), 0, "its checksum is wrong");
                }
            } catch (NoSuchFileException e) {
                throw Corruption.at(backup.describe(name), 0, "it is missing");
            }
        }
        ByteSink next = new ByteSink(16);
        next.putInt(Math.addExact(epoch, EPOCHS_PASSED_OVER));
        SealedFile.replace(target, Names.EPOCH, FilePrologue.Kind.EPOCH, next);
        target.force();
    }
}
