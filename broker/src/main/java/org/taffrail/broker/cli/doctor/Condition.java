// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.NOTE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.SEVERE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.wire.frame.Fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges a running broker as a whole, by two looks at it: whether it has room, how long its disk
 * takes, and on which Java it runs.
 *
 * @param before the first look, as {@code docs/formats.md} lists its fields
 * @param after the second look
 */
public record Condition(Fields before, Fields after) {
    /** From here on senders notice each force. */
    private static final long SLOW_FORCE_US = 20_000;

    /**
     * Judges.
     *
     * @return in the order in which it was found; what the broker runs on is always noted
     */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (after.flag("shortOfRoom")) {
            findings.add(
                    new Finding(
                            SEVERE,
                            "the broker is short of room: "
                                    + bytes("freeBytes")
                                    + " are free, the reserve is "
                                    + bytes("reserveBytes"),
                            "sends wait or are refused (disk.whenFull); everything else goes on,"
                                    + " and nothing that was acknowledged is lost",
                            "consume, or purge what nobody wants, enlarge the disk, or find out who"
                                    + " else uses it: \"When the disk fills up\" in"
                                    + " docs/operations.md"));
        }
        long lately = forceUs(number(before, "forces"), number(before, "forceNs"));
        if (lately > SLOW_FORCE_US) {
            findings.add(
                    new Finding(
                            WARNING,
                            "the broker's forces take " + millis(lately) + " on average",
                            "each send, commit and acknowledgement that is confirmed waits for one",
                            "look who else uses that disk (iostat -x 1); a disk of its own, best"
                                    + " one with a protected cache; see \"Choosing the"
                                    + " durability\" in docs/operations.md"));
        }
        long all = forceUs(0, 0);
        findings.add(
                new Finding(
                        NOTE,
                        "the broker runs on Java "
                                + after.text("java")
                                + (all < 0
                                        ? ", and has forced nothing yet"
                                        : "; its forces took " + millis(all) + " on average"),
                        "security fixes for Java come every three months; whoever sends waits for"
                                + " a force",
                        "nothing, as long as that Java is kept up to date: a new one counts from"
                                + " the next start"));
        return findings;
    }

    private static long number(Fields row, String name) {
        return row.number(name, 0);
    }

    private String bytes(String name) {
        return BrokerKeys.DISK_BYTES_MAX.show(number(after, name) >> 20 << 20);
    }

    /** How long forces took since there had been so many, us on average; -1 if there was none. */
    private long forceUs(long forces, long forceNs) {
        long count = number(after, "forces") - forces;
        return count <= 0 ? -1 : (number(after, "forceNs") - forceNs) / count / 1000;
    }

    private static String millis(long us) {
        return String.format(Locale.ROOT, "%.1f ms", us / 1000.0);
    }
}
