// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.replay.WarehouseDay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A queue that is read again; without {@code --jndi} on a broker in this process that keeps it. */
final class Replay implements Sample {
    private static final String HISTORY = "&queue.stockMoves.retention.timeMs=7d";

    @Override
    public Set<String> options() {
        return Set.of("--jndi", "--data", "--moves");
    }

    @Override
    public boolean run(CommandLine options, PrintStream out)
            throws JMSException, NamingException, IOException, InterruptedException {
        int moves = options.number("--moves", WarehouseDay.MOVES);
        Optional<String> file = options.value("--jndi");
        try (DataFolder folder = DataFolder.of(options.value("--data"), "replay")) {
            Properties jndi =
                    file.isPresent()
                            ? Jndi.ofFile(Path.of(file.get()))
                            : Jndi.ofSample("replay", Jndi.embeddedIn(folder.path()) + HISTORY);
            return new WarehouseDay(new InitialContext(jndi), moves, out)
                    .run()
                    .problems()
                    .isEmpty();
        }
    }
}
