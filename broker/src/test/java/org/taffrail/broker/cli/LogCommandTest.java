// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.tenured.TenuredSizes;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the log commands say, with what status, and that they change nothing. */
class LogCommandTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(1 << 16, 1 << 14)
                    .withTenure(0, new TenuredSizes(1 << 20, 1 << 20, 3));

    @TempDir private Path temporary;
    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("log"));
        all.addAll(List.of(arguments));
        CommandLine commandLine =
                Main.commandLine(new PasswordEntry(null, InputStream.nullInputStream()))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int status = commandLine.execute(all.toArray(new String[0]));
        assertEquals(status == 0 ? 0 : 1, errLines() + (status == 1 ? damagedLines() : 0));
        return status;
    }

    private long errLines() {
        return err.toString().lines().count();
    }

    /** A damaged folder is no failure of the command: it says so on standard output. */
    private long damagedLines() {
        return lines().stream().filter(line -> line.startsWith("damaged: ")).count();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private List<String> lines(String kind) {
        return lines().stream().filter(line -> line.startsWith(kind + " ")).toList();
    }

    private StoreDriver start() throws IOException, StoreException {
        return new StoreDriver(
                        new JournalStore(new DiskFolder(data), OPTIONS, Machine.callersThread(42)))
                .start();
    }

    /** Two records that have retired, one staged and committed, one that stays staged. */
    @BeforeEach
    void write() throws IOException, StoreException {
        data = temporary.resolve("data");
        StoreDriver driver = start();
        driver.appendAndAwait(Batches.at(1001).run(1, "first", "second"));
        for (int i = 0; i < 8; i++) {
            driver.appendAndAwait(Batches.at(1002).run(3, "x".repeat(15_000)));
        }
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        for (int i = 0; i < 4; i++) {
            driver.store().poll(driver);
        }
        driver.store().discard((partition, first, last) -> partition == 1);
        for (int i = 0; i < 4; i++) {
            driver.store().poll(driver);
        }
        driver.appendAndAwait(Batches.at(1003).event("event").stage(7, 1, "third \"quoted\"\n"));
        driver.appendAndAwait(Batches.at(1004).run(2, "other").commit(7).stage(8, 2, "open"));
        driver.store().close();
    }

    private Map<String, List<Object>> content() throws IOException {
        Map<String, List<Object>> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                content.put(
                        file.getFileName().toString(),
                        List.of(
                                Arrays.hashCode(Files.readAllBytes(file)),
                                Files.getLastModifiedTime(file)));
            }
        }
        return content;
    }

    private void flip(String start, int position) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            Path file =
                    files.filter(each -> each.getFileName().toString().startsWith(start))
                            .sorted()
                            .findFirst()
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[position] ^= 1;
            Files.write(file, bytes);
        }
    }

    @Test
    void changesNothing() throws IOException {
        Map<String, List<Object>> before = content();
        assertTrue(before.keySet().toString().contains("tenured-"), before.keySet().toString());

        for (String command : List.of("verify", "stats", "dump")) {
            assertEquals(0, run(command, data.toString()), err.toString());
        }

        assertEquals(before, content());
    }

    @Test
    void saysThatAFolderIsSound() {
        assertEquals(0, run("verify", data.toString()));

        assertEquals(1, lines().size(), out.toString());
        assertTrue(
                lines().get(0).startsWith("sound: damage 0, tail 0, harmless 0; "), out.toString());
        assertTrue(lines().get(0).contains("records in 1 tenured files"), out.toString());
    }

    @Test
    void namesWhatIsDamagedAndWhatDoesNoHarm() throws IOException {
        flip("tenured-", 100);
        flip("segment-", 200);

        assertEquals(Main.FAILED, run("verify", data.toString()));

        assertEquals(3, lines().size(), out.toString());
        assertTrue(
                lines("damage").get(0).contains("tenured-000000000001.log:64: "), out.toString());
        assertTrue(lines("damage").get(0).contains("partition 1 "), out.toString());
        assertTrue(lines("harmless").get(0).contains(".journal:200: "), out.toString());
        assertTrue(
                lines().get(2).startsWith("damaged: damage 1, tail 0, harmless 1; "),
                out.toString());
    }

    @Test
    void refusesAFolderThatABrokerHoldsAndSaysWho() throws IOException, StoreException {
        StoreDriver running = start();
        try {
            for (String command : List.of("verify", "stats", "dump")) {
                assertEquals(Main.FAILED, run(command, data.toString()));
                assertTrue(
                        err.toString().contains("held by process " + ProcessHandle.current().pid()),
                        err.toString());
            }
        } finally {
            running.store().close();
        }
        assertEquals(0, run("verify", data.toString()));
    }

    @Test
    void countsByFilesAndPartitions() {
        assertEquals(0, run("stats", data.toString()));

        assertTrue(lines("files").contains("files tenured: 1, " + tenuredBytes() + " bytes"));
        assertEquals(1, lines("tenured").size(), out.toString());
        assertTrue(
                lines("partition").get(0).startsWith("partition 1: 3 records, "), out.toString());
        assertTrue(
                lines("partition")
                        .get(0)
                        .endsWith(
                                "offsets 0 to 2, appended 1970-01-01T00:00:01.001Z"
                                        + " to 1970-01-01T00:00:01.004Z"),
                out.toString());
        assertTrue(lines().contains("staged: 1 records of transactions not ended"));
        assertEquals(0, run("stats", "--json", data.toString()));
        assertEquals(1, lines().size());
        assertTrue(out.toString().contains("{\"id\":1,\"records\":3,"), out.toString());
    }

    private long tenuredBytes() {
        return data.resolve("tenured-000000000001.log").toFile().length();
    }

    @Test
    void showsBatchesRunsAndRecords() {
        assertEquals(0, run("dump", "--bodies", data.toString()));

        assertEquals("run", lines().get(0).split(" ")[0]);
        assertTrue(
                lines("run")
                        .get(0)
                        .startsWith(
                                "run file=\"tenured-000000000001.log\" position=64"
                                        + " partition=1 offset=0 count=2 bytes="),
                out.toString());
        assertTrue(lines("record").get(1).contains("offset=1 id=\"ID:"), out.toString());
        assertTrue(lines("record").get(1).endsWith("bodyBytes=6 content=\"second\""));
        assertTrue(
                lines("batch").stream().anyMatch(line -> line.contains("sequence=11")),
                out.toString());
        assertEquals(2, lines("staged").size(), out.toString());
        assertEquals(
                List.of("committed staging=7 partition=1 offset=2 count=1"), lines("committed"));
        assertTrue(out.toString().contains("content=\"third \\\"quoted\\\"\\u000a\""));
        assertFalse(out.toString().contains("compressed=true"));
    }

    @Test
    void showsOnlyWhatIsAskedFor() {
        assertEquals(0, run("dump", "--partition", "1", data.toString()));
        assertTrue(lines("batch").isEmpty());
        assertEquals(3, lines("record").size());
        assertEquals(0, run("dump", "--partition", "1", "--from-offset", "1", data.toString()));
        assertEquals(1, lines("record").size(), out.toString());
        assertTrue(lines("record").get(0).contains("offset=1 "));
        assertEquals(1, lines("committed").size());
        assertEquals(0, run("dump", "--to-offset", "0", "--partition", "2", data.toString()));
        assertEquals(1, lines("record").size(), out.toString());
        assertEquals(0, run("dump", "--limit", "4", "--json", data.toString()));
        assertEquals(4, lines().size());
        assertTrue(lines().get(0).startsWith("{\"kind\":\"run\",\"file\":"), out.toString());
        assertFalse(out.toString().contains("content"));
    }

    @Test
    void showsWhatIsWholeAndSaysThatSomethingIsNot() throws IOException {
        flip("tenured-", 100);

        assertEquals(Main.FAILED, run("dump", "--partition", "1", data.toString()));

        assertEquals(1, lines("record").size(), out.toString());
        assertTrue(err.toString().contains("1 places"), err.toString());
    }

    @Test
    void saysWhatIsTypedWrong() {
        assertEquals(Main.WRONG_USAGE, run());
        assertTrue(err.toString().contains("verify, stats, dump, repair"), err.toString());
        assertEquals(Main.WRONG_USAGE, run("verify"));
        assertEquals(Main.WRONG_USAGE, run("dump", "--limit", "0", data.toString()));
        assertEquals(Main.WRONG_USAGE, run("dump", "--bodys", data.toString()));
        assertTrue(err.toString().contains("--bodies"), err.toString());
        assertEquals(Main.FAILED, run("verify", data.resolve("none").toString()));
        assertTrue(err.toString().contains("there is no folder"), err.toString());
        assertEquals(Main.FAILED, run("verify", data.resolve("manifest").toString()));
        assertEquals(Main.FAILED, run("stats", temporary.toString()));
        assertTrue(err.toString().contains("nothing that a broker has written"));
    }
}
