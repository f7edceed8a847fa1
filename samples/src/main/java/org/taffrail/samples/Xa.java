// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.xa.PaymentsDay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import javax.naming.NamingException;
import javax.transaction.xa.XAException;

/**
 * Payments in global transactions; without {@code --jndi} on a broker in the booking process, which
 * dies with it.
 */
final class Xa implements Sample {
    @Override
    public Set<String> options() {
        return Set.of("--jndi", "--data", "--payments");
    }

    @Override
    public boolean run(CommandLine options, PrintStream out)
            throws JMSException, NamingException, IOException, InterruptedException {
        int payments = options.number("--payments", PaymentsDay.PAYMENTS);
        Optional<String> file = options.value("--jndi");
        try (DataFolder folder = DataFolder.of(options.value("--data"), "xa")) {
            Properties jndi =
                    file.isPresent()
                            ? Jndi.ofFile(Path.of(file.get()))
                            : Jndi.ofSample("xa", Jndi.embeddedIn(folder.path().resolve("broker")));
            return new PaymentsDay(jndi, folder.path(), payments, out).run().problems().isEmpty();
        } catch (SQLException | XAException e) {
            throw new IOException(e);
        }
    }
}
