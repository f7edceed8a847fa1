// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.peer.MeasuringProcess;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What every measuring process is told: the provider, and where its results go. */
final class MeasureOptions {
    @Option(names = "--jndi", required = true)
    private Path jndi;

    @Option(names = "--connection-factory", required = true)
    private String connectionFactory;

    @Option(names = "--out", required = true)
    private Path out;

    Provider provider() throws RunFailedException {
        return provider(jndi);
    }

    /** Another broker's provider, whose factory has the same name. */
    Provider provider(Path otherJndi) throws RunFailedException {
        return Provider.open(otherJndi, connectionFactory);
    }

    Path out() {
        return out;
    }

    /**
     * Writes the outcome for the process that waits for it.
     *
     * @param figures the figures
     * @throws IOException if the file can't be written
     */
    void finish(Properties figures) throws IOException {
        try (OutputStream file =
                Files.newOutputStream(out.resolve(MeasuringProcess.OUTCOME_FILE))) {
            figures.store(file, null);
        }
    }
}
