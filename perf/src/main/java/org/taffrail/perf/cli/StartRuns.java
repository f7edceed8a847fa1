// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.StartTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The starts of a campaign's brokers. What is started is not the broker that the other runs use but
 * another one of the same setup; that one only makes the client warm.
 */
final class StartRuns {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Campaign campaign;
    private final List<String> typed;
    private final int repetitions;
    private final StartTable table;

    /**
     * Starts that have not begun.
     *
     * @param campaign the campaign
     * @param typed {@link org.taffrail.perf.measure.StartOptions} as they are typed
     * @param repetitions how often each broker is started
     */
    StartRuns(Campaign campaign, List<String> typed, int repetitions) {
        this.campaign = campaign;
        this.typed = typed;
        this.repetitions = repetitions;
        this.table = new StartTable(campaign.names(), repetitions > 1);
    }

    /** Starts each broker of this call, in turns; others are left out. */
    void measure() throws PeerException, IOException {
        campaign.alternate(repetitions, StartCommand.NAME, campaign::isLimited, this::measure);
    }

    private void measure(Target target, int index, Path folder) throws PeerException, IOException {
        try (Broker broker = campaign.brokerOf(target).orElseThrow().another()) {
            for (StartTable.Start start : StartTable.Start.values()) {
                Path each = folder.resolve(start.name().toLowerCase(Locale.ROOT));
                Files.createDirectories(each);
                List<String> arguments = new ArrayList<>(typed);
                arguments.add(0, StartCommand.NAME);
                arguments.add("--started-jndi=" + broker.jndi());
                double ms =
                        FirstMessage.after(
                                broker, each, () -> campaign.run(target, each, arguments, TIMEOUT));
                table.add(start, index, ms);
                campaign.progress("  %s: %,.0f ms", start, ms);
                broker.stop();
            }
        }
    }

    /** Whether no broker was started. */
    boolean isEmpty() {
        return table.isEmpty();
    }

    /** Adds the table to the report. */
    void tabulate() {
        campaign.say("%s", table);
    }
}
