// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;

import java.util.Locale;
import java.util.Set;

/**
 * An option behind the name of a destination, of any provider, and what becomes of it.
 *
 * @param destination what a person calls the destination
 * @param kind its kind
 * @param name its name without options
 * @param key the option's name
 * @param value its value
 */
record DestinationOption(
        String destination, DestinationKind kind, String name, String key, String value) {
    /** What Taffrail understands itself. */
    static final Set<String> OWN =
            Set.of(
                    "consumer.prefetch",
                    "consumer.prefetchBytes",
                    "consumer.exclusive",
                    "consumer.position",
                    "start");

    /** How fast something goes, and how the other provider keeps things: nothing is missed. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "consumer.dispatchasync",
                    "consumer.maximumpendingmessagelimit",
                    "consumer.optimizeacknowledge",
                    "consumer-window-size",
                    "consumerwindowsize",
                    "auto-delete",
                    "auto-delete-delay",
                    "auto-create-queues",
                    "durable",
                    "group-buckets",
                    "ccsid",
                    "encoding",
                    "readaheadallowed",
                    "putasyncallowed",
                    "mdreadenabled",
                    "mdwriteenabled",
                    "wildcardformat",
                    "brokerversion");

    static void judge(DestinationOption option, Count count, Findings findings) {
        option.judge(count, findings);
    }

    private void judge(Count count, Findings findings) {
        String what = destination + ": option " + key;
        if (OWN.contains(key)) {
            findings.works(what, "", count);
            return;
        }
        String unknown = "Taffrail refuses a consumer with an option that it does not know. ";
        switch (key.toLowerCase(Locale.ROOT)) {
            case "consumer.prefetchsize" ->
                    findings.setting(
                            what,
                            unknown + "It is called otherwise here.",
                            create("?consumer.prefetch=" + value),
                            count);
            case "exclusive", "exclusive-consumer" ->
                    findings.setting(
                            what,
                            unknown + "It is called otherwise here.",
                            create("?consumer.exclusive=" + value),
                            count);
            case "consumer.retroactive" ->
                    findings.setting(
                            what,
                            unknown
                                    + "A subscription begins in the past with start=, as far back"
                                    + " as retention.timeMs of the broker keeps it.",
                            create("?start=earliest"),
                            count);
            case "consumer.nolocal" ->
                    findings.setting(
                            what,
                            unknown + "JMS has an argument for it.",
                            "session.createConsumer(" + create("") + ", null, true)",
                            count);
            case "consumer.selector" ->
                    findings.setting(
                            what,
                            unknown + "JMS has an argument for it.",
                            "session.createConsumer("
                                    + create("")
                                    + ", "
                                    + Texts.literal(value)
                                    + ")",
                            count);
            case "persistence" ->
                    findings.setting(
                            what,
                            unknown + "JMS has a setter for it.",
                            "producer.setDeliveryMode("
                                    + (value.equals("1")
                                            ? "DeliveryMode.NON_PERSISTENT)"
                                            : "DeliveryMode.PERSISTENT)"),
                            count);
            case "priority" ->
                    findings.setting(
                            what,
                            unknown + "JMS has a setter for it.",
                            "producer.setPriority(" + value + ")",
                            count);
            case "expiry", "timetolive" ->
                    findings.setting(
                            what,
                            unknown + "JMS has a setter for it.",
                            "producer.setTimeToLive(" + value + ")",
                            count);
            case "targetclient" -> targetClient(what, unknown, count, findings);
            default -> other(what, unknown, count, findings);
        }
    }

    private void targetClient(String what, String unknown, Count count, Findings findings) {
        if (value.equals("1")) {
            findings.not(
                    what + "=1",
                    "The message is meant for a program without JMS, and there are none on"
                            + " Taffrail: that program has to use JMS, or a bridge to stay."
                            + " Otherwise write the name alone: "
                            + create(""),
                    count);
        } else {
            findings.setting(what, unknown + "Leave it out.", create(""), count);
        }
    }

    private void other(String what, String unknown, Count count, Findings findings) {
        if (HARMLESS.contains(key.toLowerCase(Locale.ROOT))) {
            findings.setting(
                    what, unknown + "Leave it out: nothing depends on it here.", create(""), count);
        } else {
            findings.not(
                    what + "=" + value,
                    unknown
                            + "There is nothing like it: leave it out and see whether the"
                            + " application can do without.",
                    count);
        }
    }

    private String create(String options) {
        return "session.create"
                + (kind == DestinationKind.TOPIC ? "Topic(" : "Queue(")
                + Texts.literal(name + options)
                + ")";
    }
}
