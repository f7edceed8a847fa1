// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Recorded;
import org.taffrail.check.record.Recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a report says of something that was recorded, through a file. */
final class Runs {
    private Runs() {}

    static Run of(Recorder recorder) {
        return ofText(() -> Recorded.text(recorder));
    }

    static List<Judgement> judged(Recorder recorder) {
        return Judge.of(of(recorder));
    }

    static Report report(Recorder recorder) {
        return read(() -> Recorded.text(recorder), Report::of);
    }

    interface Text {
        String get() throws IOException;
    }

    private interface Use<T> {
        T of(RecordReader reader);
    }

    static Run ofText(Text text) {
        return read(text, RecordReader::run);
    }

    private static <T> T read(Text text, Use<T> use) {
        try {
            Path file = Files.createTempFile("recorded", ".check");
            try {
                Files.writeString(file, text.get());
                RecordReader reader = new RecordReader();
                reader.add(file);
                return use.of(reader);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e.getMessage(), e);
        }
    }
}
