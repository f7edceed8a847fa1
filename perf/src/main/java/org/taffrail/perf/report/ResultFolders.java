// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.LatencyOutcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the folders of latency campaigns back into a report. A run is a folder with {@value #LOG}
 * and {@value #OUTCOME}; what has no outcome has failed, and is left out.
 */
public final class ResultFolders {
    private static final String LOG = "latency.hlog";
    private static final String OUTCOME = "outcome.properties";

    private final List<CampaignFile> campaigns = new ArrayList<>();
    private final List<LatencyReport.Provider> providers = new ArrayList<>();
    private final Map<Long, Map<Integer, List<LatencyReport.Run>>> levels = new TreeMap<>();

    private ResultFolders() {}

    /**
     * Reads the runs of some campaigns.
     *
     * @param folders the campaigns' folders; a provider that is in several of them is told apart by
     *     the name of the folder
     * @return the report; without rates if there is no run
     * @throws IOException if one can't be read
     */
    public static LatencyReport read(List<Path> folders) throws IOException {
        ResultFolders reading = new ResultFolders();
        for (Path folder : folders) {
            reading.add(folder, folders.size() > 1);
        }
        return reading.report();
    }

    private void add(Path folder, boolean several) throws IOException {
        List<Path> found = runs(folder);
        CampaignFile campaign =
                CampaignFile.read(folder)
                        .orElse(new CampaignFile("", "", Map.of(), List.of(), List.of(), found));
        campaigns.add(campaign);
        Set<String> names = new HashSet<>();
        providers.forEach(provider -> names.add(provider.name()));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Path run : campaign.runs()) {
            Path path = folder.resolve(run);
            if (!found.contains(run)) {
                continue;
            }
            Properties outcome = properties(path.resolve(OUTCOME));
            String name = run.getName(0).toString();
            if (!numbers.containsKey(name)) {
                numbers.put(name, providers.size());
                String unique =
                        several && names.contains(name)
                                ? name
                                        + " ("
                                        + folder.toAbsolutePath().normalize().getFileName()
                                        + ")"
                                : name;
                providers.add(
                        new LatencyReport.Provider(
                                unique,
                                outcome.getProperty("provider", ""),
                                campaign.setups().getOrDefault(name, "")));
            }
            add(numbers.get(name), path, LatencyOutcome.of(outcome));
        }
    }

    private void add(int provider, Path run, LatencyOutcome outcome) throws IOException {
        levels.computeIfAbsent(outcome.ratePerSecond(), rate -> new TreeMap<>())
                .computeIfAbsent(provider, number -> new ArrayList<>())
                .add(new LatencyReport.Run(outcome, HistogramFiles.read(run.resolve(LOG))));
    }

    private static List<Path> runs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(LOG))
                    .map(Path::getParent)
                    .filter(run -> Files.exists(run.resolve(OUTCOME)))
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Properties properties(Path path) throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(path)) {
            properties.load(file);
        }
        return properties;
    }

    private LatencyReport report() {
        List<LatencyReport.Level> all = new ArrayList<>();
        levels.forEach(
                (rate, measured) ->
                        all.add(
                                new LatencyReport.Level(
                                        rate,
                                        measured.entrySet().stream()
                                                .map(
                                                        each ->
                                                                measured(
                                                                        each.getKey(),
                                                                        each.getValue()))
                                                .toList())));
        return new LatencyReport(List.copyOf(campaigns), List.copyOf(providers), all);
    }

    private LatencyReport.Measured measured(int provider, List<LatencyReport.Run> runs) {
        return new LatencyReport.Measured(provider, providers.get(provider).name(), runs);
    }
}
