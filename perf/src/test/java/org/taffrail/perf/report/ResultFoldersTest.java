// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.perf.load.LatencyOutcome;
import org.taffrail.perf.load.Series;
import org.taffrail.perf.load.Verdict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

class ResultFoldersTest {
    private static final int MESSAGES = 1_000;

    @TempDir Path root;
    private Path folder;

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = Files.createDirectory(root.resolve("first"));
    }

    @Test
    void readsRunsByRateAndProvider() throws IOException {
        run("b/2000-per-s/run-1", 2_000, 2_000);
        run("a/500-per-s/run-1", 500, 500);
        run("a/500-per-s/run-2", 500, 400);

        LatencyReport report = ResultFolders.read(List.of(folder));

        assertEquals(List.of("a", "b"), names(report));
        assertEquals(
                List.of(500L, 2_000L),
                report.levels().stream().map(LatencyReport.Level::ratePerSecond).toList());
        LatencyReport.Measured a = report.levels().get(0).measured().get(0);
        assertEquals(new Spread(400, 450, 500), a.achieved());
        assertFalse(a.missedRate(), "missed once of two times");
        // a message a microsecond: 500 of 1,000 took 500 us at most
        assertEquals(500, a.us(Series.END_TO_END, Percentile.P50).median(), 1);
    }

    @Test
    void leavesOutARunWithoutAnOutcome() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        Files.delete(folder.resolve("a/500-per-s/run-1/outcome.properties"));

        assertEquals(List.of(), ResultFolders.read(List.of(folder)).levels());
    }

    @Test
    void keepsToTheRunsAndTheOrderOfTheCampaign() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        run("b/500-per-s/run-1", 500, 500);
        run("b/900-per-s/run-1", 900, 900); // of an earlier campaign in the same folder
        campaign("b/500-per-s/run-1", "a/500-per-s/run-1").write(folder);

        LatencyReport report = ResultFolders.read(List.of(folder));

        assertEquals(List.of("b", "a"), names(report));
        assertEquals(1, report.levels().size());
        assertEquals("set up so", report.providers().get(1).setup());
        assertEquals("Product 1", report.providers().get(1).product());
    }

    @Test
    void readsTheCampaignsFileAsItWasWritten() throws IOException {
        CampaignFile campaign = campaign("a/500-per-s/run-1");
        campaign.write(folder);

        assertEquals(campaign, CampaignFile.read(folder).orElseThrow());
        assertTrue(CampaignFile.read(root).isEmpty());
    }

    @Test
    void tellsTheSameProviderOfTwoFoldersApart() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        Path first = folder;
        folder = Files.createDirectory(root.resolve("second"));
        run("a/500-per-s/run-1", 500, 500);

        LatencyReport report = ResultFolders.read(List.of(first, folder));

        assertEquals(List.of("a", "a (second)"), names(report));
        assertEquals(2, report.levels().get(0).measured().size());
    }

    @Test
    void drawsAPictureOfOneRate() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        run("<b>/500-per-s/run-1", 500, 500);
        run("a/900-per-s/run-1", 900, 900);
        LatencyReport report = ResultFolders.read(List.of(folder));

        String picture = LatencyPicture.of(report, 500);

        assertTrue(picture.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""), picture);
        assertTrue(picture.contains("at 500 messages/s"), picture);
        assertTrue(picture.contains("&lt;b&gt; p99: "), picture);
        assertThrows(IllegalArgumentException.class, () -> LatencyPicture.of(report, 0));
        assertThrows(IllegalArgumentException.class, () -> LatencyPicture.of(report, 700));
    }

    @Test
    void makesAPageThatNeedsNothingElse() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        run("<b>/500-per-s/run-1", 500, 500);
        campaign("a/500-per-s/run-1", "<b>/500-per-s/run-1").write(folder);

        String page = LatencyPage.of(ResultFolders.read(List.of(folder)));

        assertTrue(page.contains("<title>Latency: a, &lt;b&gt;</title>"), page);
        assertFalse(page.contains("<b>"), page);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.matches("(?s).*(http:|https:|src=|@import|url\\().*"), page);
        assertTrue(page.contains("<code>perf &lt;latency&gt;</code>"), page);
        assertTrue(page.contains("a warning"), page);
        assertTrue(page.contains("<svg class=\"plot wide\""), page);
        assertFalse(page.contains("Latency by rate"), page);
    }

    @Test
    void showsHowLatencyGrowsWithTheRate() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        run("a/5000-per-s/run-1", 5_000, 4_000);

        LatencyReport report = ResultFolders.read(List.of(folder));

        assertEquals(
                """
                messages/s wanted  provider           sent  p50, us
                500                       a            500    500.2
                5,000                     a  4,000, missed    500.2
                """,
                new RateTable(report, Series.END_TO_END, List.of(Percentile.P50)).toString());
        String page = LatencyPage.of(report);
        assertTrue(page.contains("<h2>Latency by rate</h2>"), page);
        assertTrue(page.contains("a at 4,000 messages/s (rate missed), p50: 500.2"), page);
        assertTrue(page.contains("<circle class=\"mark hollow c0\""), page);
    }

    @Test
    void drawsACurveOnlyAsFarAsThereAreMessages() throws IOException {
        run("a/500-per-s/run-1", 500, 500);
        LatencyReport report = ResultFolders.read(List.of(folder));

        Plot plot = LatencyCurves.byPercentile("p", Series.END_TO_END, report.levels().get(0));

        Curve curve = plot.curves().get(0);
        assertEquals(MESSAGES, curve.end().x(), 1e-6);
        assertEquals(
                List.of(2.0, 10.0, 100.0, 1_000.0),
                curve.marks().stream().map(mark -> (double) Math.round(mark.point().x())).toList());
    }

    private static List<String> names(LatencyReport report) {
        return report.providers().stream().map(LatencyReport.Provider::name).toList();
    }

    private static CampaignFile campaign(String... runs) {
        Map<String, String> setups = new LinkedHashMap<>();
        for (String run : runs) {
            setups.put(Path.of(run).getName(0).toString(), "set up so");
        }
        return new CampaignFile(
                "perf <latency>",
                "a plan",
                setups,
                List.of("a machine", "and its disk"),
                List.of("a warning"),
                List.of(runs).stream().map(Path::of).toList());
    }

    /** A run in which one message took 1 us, one 2 us, and so on. */
    private void run(String name, long rate, double achieved) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        try (PrintStream file = new PrintStream(run.resolve("latency.hlog").toFile(), "UTF-8")) {
            HistogramLogWriter log = new HistogramLogWriter(file);
            log.outputLogFormatVersion();
            for (Series series : Series.values()) {
                Histogram histogram = new Histogram(3);
                histogram.setTag(series.id());
                for (int us = 1; us <= MESSAGES; us++) {
                    histogram.recordValue(us * 1_000L);
                }
                log.outputIntervalHistogram(histogram);
            }
        }
        Verdict verdict = new Verdict(MESSAGES, 0, 0, 0, 0, 0, 0, List.of());
        Properties outcome =
                new LatencyOutcome(rate, achieved, MESSAGES, 0, 0, verdict).toProperties();
        outcome.setProperty("provider", "Product 1");
        try (OutputStream file = Files.newOutputStream(run.resolve("outcome.properties"))) {
            outcome.store(file, null);
        }
    }
}
