// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.requestreply.TideDay;
import org.taffrail.samples.requestreply.TideOptions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The tide-table service; without {@code --jndi} on a broker in this process, in memory. */
final class RequestReply implements Sample {
    @Override
    public Set<String> options() {
        return Set.of("--jndi", "--requests");
    }

    @Override
    public boolean run(CommandLine options, PrintStream out)
            throws JMSException, NamingException, IOException, InterruptedException {
        TideOptions tides =
                TideOptions.DEFAULT.withRequests(
                        options.number("--requests", TideOptions.DEFAULT.requests()));
        Optional<String> file = options.value("--jndi");
        Properties jndi =
                file.isPresent()
                        ? Jndi.ofFile(Path.of(file.get()))
                        : Jndi.ofSample("requestreply", "taffrail:embedded");
        return new TideDay(new InitialContext(jndi), tides, out).run().problems().isEmpty();
    }
}
