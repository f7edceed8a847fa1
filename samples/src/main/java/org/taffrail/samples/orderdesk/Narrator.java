// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what happens at the desk, a line at a time. */
final class Narrator {
    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void introduce(ConnectionMetaData provider) throws JMSException {
        out.println("The order desk");
        say(
                "provider",
                "%s %s, messaging API %s",
                provider.getJMSProviderName(),
                provider.getProviderVersion(),
                provider.getJMSVersion());
    }

    void leftovers(Map<String, Integer> removed) {
        say(
                "leftovers",
                "%s",
                removed.isEmpty() ? "none from an earlier run" : "removed " + removed);
    }

    void bulletins(int published, DeskSummary.CatchUp bulletins) {
        say(
                "bulletins",
                "%d published while the harbour watch was away; it caught up with %d of the %d"
                        + " that its selector wants",
                published,
                bulletins.received().size(),
                bulletins.expected().size());
    }

    void overnight(int waiting, Order urgent) {
        say(
                "overnight",
                "%d orders wait on the queue; the last of them, %s, is urgent (priority 9)",
                waiting,
                urgent.id());
    }

    void opened(int clerks, DeskSummary.Overtaking urgent) {
        say(
                "opened",
                "%d clerks at work; %s was %s that %s got: it overtook %d that had waited longer",
                clerks,
                urgent.orderId(),
                urgent.firstOfClerk() ? "the first" : "NOT the first",
                urgent.clerk(),
                urgent.overtook());
    }

    void quotes(DeskSummary.Quotes quotes) {
        say(
                "quotes",
                "%d asked for at once, %d answered rightly on a temporary queue",
                quotes.asked(),
                quotes.answered());
    }

    void byDay(int placed, int perSecond) {
        say("by day", "%d orders placed while the clerks work, %d a second", placed, perSecond);
    }

    void evening(DeskSummary day) {
        DeskSummary.Accounts accounts = day.accounts();
        for (DeskSummary.DeadLetter dead : accounts.deadLettered()) {
            say(
                    "dead letter",
                    "%s after %d deliveries, each rolled back: %s",
                    dead.orderId(),
                    dead.deliveries(),
                    dead.reason());
        }
        say("clerks", "filled %s", accounts.filledByClerk());
        say(
                "accounts",
                "%d orders: %d filled for %,.2f euro, %d dead-lettered",
                accounts.sent().size(),
                accounts.filled().size(),
                accounts.billed(),
                accounts.deadLettered().size());
        List<String> problems = day.problems();
        problems.forEach(problem -> say("PROBLEM", "%s", problem));
        say(
                "verified",
                problems.isEmpty()
                        ? "every order is accounted for exactly once"
                        : "NOT all is as it should be");
    }

    private void say(String label, String text, Object... arguments) {
        out.print(String.format(Locale.ROOT, "  %-12s  ", label));
        out.println(String.format(Locale.ROOT, text, arguments));
    }
}
