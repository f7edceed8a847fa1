// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

class FileRecordingTest {
    @TempDir Path folder;

    @Test
    void sumsUpTheWritesAndForcesWithinASpan() throws IOException {
        Path file = folder.resolve("recording.jfr");
        Spans spans = new Spans();
        FileRecording recording = FileRecording.start(ManagementFactory.getPlatformMBeanServer());
        try (FileChannel channel =
                FileChannel.open(
                        folder.resolve("data"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            channel.force(false);
            Instant from = Instant.now();
            for (int i = 0; i < 7; i++) {
                channel.write(ByteBuffer.allocate(100));
                channel.force(false);
            }
            spans.add(from, Instant.now());
            channel.force(false);
        }

        assertEquals(new FileRecording.Totals(7, 700), recording.finish(spans, file));
        assertFalse(Files.exists(file));
    }
}
