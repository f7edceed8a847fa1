// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a report tells of a campaign besides its figures; kept beside them in {@value #NAME}, so
 * that the report can be made again.
 *
 * @param command the command line
 * @param plan what was done, in a sentence
 * @param setups how each provider was set up, in the order of the providers
 * @param machine what the machine is and what it was doing, a sentence each
 * @param warnings why figures may not be trusted, a sentence each
 * @param runs the folder of each run, as PROVIDER/CASE/run-N below the campaign's own
 */
public record CampaignFile(
        String command,
        String plan,
        Map<String, String> setups,
        List<String> machine,
        List<String> warnings,
        List<Path> runs) {
    /** The name of the file. */
    public static final String NAME = "campaign.properties";

    private static final String PROVIDER = "provider.";
    private static final String SETUP = "setup.";
    private static final String MACHINE = "machine.";
    private static final String WARNING = "warning.";
    private static final String RUN = "run.";

    /**
     * Writes the file.
     *
     * @param folder the campaign's folder
     * @throws IOException if it can't be written
     */
    public void write(Path folder) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("command", command);
        properties.setProperty("plan", plan);
        put(properties, PROVIDER, setups.keySet());
        put(properties, SETUP, setups.values());
        put(properties, MACHINE, machine);
        put(properties, WARNING, warnings);
        put(properties, RUN, runs.stream().map(Path::toString).toList());
        try (OutputStream file = Files.newOutputStream(folder.resolve(NAME))) {
            properties.store(file, null);
        }
    }

    private static void put(Properties properties, String prefix, Iterable<String> values) {
        int number = 0;
        for (String value : values) {
            properties.setProperty(prefix + number, value);
            number++;
        }
    }

    /**
     * Reads the file.
     *
     * @param folder the campaign's folder
     * @return what it says, or nothing if there is none
     * @throws IOException if it can't be read
     */
    public static Optional<CampaignFile> read(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(path)) {
            properties.load(file);
        }
        Map<String, String> setups = new LinkedHashMap<>();
        List<String> providers = get(properties, PROVIDER);
        for (int i = 0; i < providers.size(); i++) {
            setups.put(providers.get(i), properties.getProperty(SETUP + i, ""));
        }
        return Optional.of(
                new CampaignFile(
                        properties.getProperty("command", ""),
                        properties.getProperty("plan", ""),
                        setups,
                        get(properties, MACHINE),
                        get(properties, WARNING),
                        get(properties, RUN).stream().map(Path::of).toList()));
    }

    private static List<String> get(Properties properties, String prefix) {
        List<String> values = new ArrayList<>();
        while (properties.containsKey(prefix + values.size())) {
            values.add(properties.getProperty(prefix + values.size()));
        }
        return values;
    }
}
