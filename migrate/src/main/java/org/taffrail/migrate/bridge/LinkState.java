// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What this side remembers of a link: only whether its ledger was begun, or is being removed, and
 * whether a run has messages in its hands. A ledger that was begun and is not to be seen is held by
 * a run that the provider has not missed yet; without this file it would look as if there had never
 * been one. So are messages that such a run had taken: a queue that looks empty need not be.
 */
final class LinkState {
    /** How far a ledger is. */
    enum Phase {
        /** There is none, as far as is known here. */
        NONE,
        /** It is being made: it may be there or not. Nothing was carried yet. */
        CREATING,
        /** It is there, and no run takes messages. */
        CREATED,
        /** It is there, and a run takes messages, or has died in it. */
        TAKING,
        /** Nothing was left, and it is being removed: it may be there or not. */
        ENDING
    }

    private final Path file;

    LinkState(Path folder, Route route) {
        file =
                folder.resolve(
                        URLEncoder.encode(route.key(), StandardCharsets.UTF_8).replace("*", "%2A")
                                + ".link");
    }

    Phase phase() throws IOException {
        if (!Files.exists(file)) {
            return Phase.NONE;
        }
        String text = Files.readString(file);
        try {
            return Phase.valueOf(text.lines().findFirst().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " says \"" + text + "\", which means nothing here", e);
        }
    }

    /** Returns the last page of a link that is ending. */
    Page lastPage() throws IOException, LedgerException {
        String text = Files.readString(file);
        return Page.parse(text.substring(text.indexOf('\n') + 1));
    }

    /** Writes down that there will be no further page. */
    void ending(Page last) throws IOException {
        write(Phase.ENDING + "\n" + last.format());
    }

    /** Writes it down so that it survives a crash. */
    void phase(Phase phase) throws IOException {
        if (phase == Phase.NONE) {
            Files.deleteIfExists(file);
        } else {
            write(phase + "\n");
        }
    }

    private void write(String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
