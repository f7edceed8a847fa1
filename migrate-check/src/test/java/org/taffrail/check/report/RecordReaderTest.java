// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorded;
import org.taffrail.check.record.Recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class RecordReaderTest {
    @TempDir private Path folder;

    @Test
    void readsWhatWasWritten() {
        // given
        Recorder recorder = new Recorder();
        DestinationUse orders = recorder.destination(DestinationKind.QUEUE, "orders");
        for (int i = 1; i <= 100; i++) {
            orders.sent(BodyKind.TEXT, i * 10);
        }
        orders.received(BodyKind.BYTES, -1);
        orders.consumer();
        recorder.used(Feature.CLIENT_ID);

        // when
        Run run = Runs.of(recorder);

        // then
        Place place = run.known(DestinationKind.QUEUE, "orders");
        assertEquals(100, place.sent().count());
        assertEquals("text 100", place.sent().bodies());
        assertEquals("bytes 1", place.received().bodies());
        assertEquals(1000, place.sent().bytesMax());
        assertEquals(511, place.sent().percentileBytes(0.5));
        assertEquals(1000, place.sent().percentileBytes(0.99));
        assertEquals(1, place.consumersMax());
        assertEquals(1, run.use(Feature.CLIENT_ID).count());
    }

    @Property(tries = 300)
    void namesSurviveWhateverTheyHold(@ForAll String name) {
        Recorder recorder = new Recorder();
        recorder.destination(DestinationKind.QUEUE, name).sent(BodyKind.NONE, 0);
        recorder.used(Feature.SELECTOR, name);

        Run run = Runs.of(recorder);

        String written = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(1, run.places().size());
        if (written.equals(name)) {
            assertEquals(1, run.known(DestinationKind.QUEUE, name).sent().count());
            assertTrue(run.uses(Feature.SELECTOR).containsKey(name));
        }
    }

    @Test
    void addsFilesUpAndKeepsTheHighestPeaks() throws IOException {
        String one = "taffrail-check\t1\npeak\tsessions\t5\nuse\tCOMMIT\t\t3\ta.B.c:1\nend\n";
        String two = "taffrail-check\t1\npeak\tsessions\t9\nuse\tCOMMIT\t\t4\td.E.f:2\nend\n";
        Files.writeString(folder.resolve("a.check"), one);
        Files.writeString(folder.resolve("b.check"), two);
        Files.writeString(folder.resolve("b.check.new"), "half");

        RecordReader reader = new RecordReader();
        for (Path file : RecordReader.files(List.of(folder))) {
            reader.add(file);
        }

        assertEquals(2, reader.run().processes().size());
        assertEquals(new Count(7, "a.B.c:1"), reader.run().use(Feature.COMMIT));
        assertEquals(9, reader.run().peak("sessions"));
    }

    @Test
    void refusesWhatIsTornLaterOrCorruptAndSaysWhich() {
        assertRefused("torn", "taffrail-check\t1\nuse\tCOMMIT\t\t3\t\n");
        assertRefused("later than 1", "taffrail-check\t2\nend\n");
        assertRefused("not written by", "PK\u0003\u0004 something\nend\n");
        assertRefused("is empty", "");
        assertRefused("corrupt in line 2", "taffrail-check\t1\nuse\tCOMMIT\t\tmany\t\nend\n");
        assertRefused("corrupt in line 2", "taffrail-check\t1\nuse\tCOMMIT\nend\n");
        assertRefused("corrupt in line 2", "taffrail-check\t1\nuse\tCOMMIT\t\\x\t1\t\nend\n");
        assertRefused("corrupt in line 2", "taffrail-check\t1\nlost\tx\t-4\nend\n");
        assertRefused(
                "no bucket 128",
                "taffrail-check\t1\ndest\tQUEUE\tq\t\t0\t0\t0\t0\t1\t0\t7;128:1\t\nend\n");
    }

    @Test
    void skipsWhatALaterWriterAdds() {
        Run run =
                Runs.ofText(
                        () ->
                                "taffrail-check\t1\nnew\tthing\nuse\tNEW_FEATURE\t\t1\t\n"
                                        + "use\tCOMMIT\t\t1\tp\tmore\nend\n");
        assertEquals(1, run.use(Feature.COMMIT).count());
    }

    @Test
    void everyPrefixOfAFileIsRefused() throws IOException {
        Recorder recorder = new Recorder();
        recorder.used(Feature.COMMIT);
        recorder.destination(DestinationKind.TOPIC, "t\\\t\n").sent(BodyKind.MAP, 4);
        String text = Recorded.text(recorder);
        for (int length = 0; length < text.length() - 1; length++) {
            String part = text.substring(0, length);
            assertThrows(UncheckedIOException.class, () -> Runs.ofText(() -> part));
        }
    }

    private static void assertRefused(String why, String text) {
        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> Runs.ofText(() -> text));
        assertTrue(thrown.getMessage().contains(why), thrown::getMessage);
    }
}
