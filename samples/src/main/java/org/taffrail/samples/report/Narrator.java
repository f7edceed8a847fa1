// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.report;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Tells what happens in a sample, a line at a time. Thread-safe. */
public final class Narrator {
    private static final int TOLD_MAX = 10;

    private final PrintStream out;

    /**
     * A narrator.
     *
     * @param out where to tell
     */
    public Narrator(PrintStream out) {
        this.out = out;
    }

    /**
     * Says what begins, and on which provider.
     *
     * @param title what begins
     * @param provider what the connection says of itself
     * @throws JMSException if it says nothing
     */
    public void introduce(String title, ConnectionMetaData provider) throws JMSException {
        out.println(title);
        say(
                "provider",
                "%s %s, messaging API %s",
                provider.getJMSProviderName(),
                provider.getProviderVersion(),
                provider.getJMSVersion());
    }

    /**
     * Says one thing.
     *
     * @param label what it is about, in a word or two
     * @param text as {@link String#format} has it
     * @param arguments for the text
     */
    public void say(String label, String text, Object... arguments) {
        String line = String.format(Locale.ROOT, text, arguments);
        out.println(String.format(Locale.ROOT, "  %-12s  %s", label, line));
    }

    /**
     * Says how it ended.
     *
     * @param problems what is not as it should be
     * @param well what to say if nothing is
     * @return whether all is as it should be
     */
    public boolean verdict(List<String> problems, String well) {
        problems.stream().limit(TOLD_MAX).forEach(problem -> say("PROBLEM", "%s", problem));
        if (problems.size() > TOLD_MAX) {
            say("PROBLEM", "and %d more", problems.size() - TOLD_MAX);
        }
        say("verified", "%s", problems.isEmpty() ? well : "NOT all is as it should be");
        return problems.isEmpty();
    }
}
