// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Feature;
import org.taffrail.check.report.Judgement.Area;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges names of destinations: what other providers read in them is but a name on Taffrail. */
final class DestinationRules {
    private static final int NAME_BYTES_DEFAULT = 1024;
    private static final int NAME_BYTES_MAX = 4096;
    private static final Pattern VIRTUAL_CONSUMER =
            Pattern.compile("Consumer\\.([^.]+)\\.(VirtualTopic\\..+)", Pattern.DOTALL);

    private final Run run;
    private final Findings findings;
    private final Provider provider;
    private long plain;
    private long plainMessages;

    private DestinationRules(Run run, Findings findings) {
        this.run = run;
        this.findings = findings;
        this.provider = Provider.of(run);
    }

    static void judge(Run run, Findings findings) {
        findings.in(Area.DESTINATIONS);
        DestinationRules rules = new DestinationRules(run, findings);
        for (Place place : run.places()) {
            boolean named =
                    place.kind() == DestinationKind.QUEUE || place.kind() == DestinationKind.TOPIC;
            if (named && !place.name().isEmpty()) {
                rules.judge(place);
            }
        }
        if (rules.plain > 0) {
            findings.works(
                    Texts.number(rules.plain) + " queues and topics with plain names",
                    "Made when they are first used.",
                    new Count(rules.plainMessages, ""));
        }
    }

    private void judge(Place place) {
        DestinationName written = DestinationName.of(place.kind(), place.name(), provider);
        boolean says = judgeOptions(place, written);
        says |= judgeUri(place, written);
        says |= judgeMeaning(place, written.name());
        says |= judgeCharacters(place, written.name());
        if (!says) {
            plain++;
            plainMessages += place.messages();
        }
    }

    private static String text(Place place) {
        return place.kind().text() + " " + place.name();
    }

    private static Count count(Place place) {
        return new Count(Math.max(1, place.messages()), place.firstSeen());
    }

    private static String create(DestinationKind kind, String name) {
        return "session.create"
                + (kind == DestinationKind.TOPIC ? "Topic(" : "Queue(")
                + Texts.literal(name)
                + ")";
    }

    private boolean judgeOptions(Place place, DestinationName written) {
        for (var each : written.options().entrySet()) {
            DestinationOption.judge(
                    new DestinationOption(
                            text(place),
                            place.kind(),
                            written.name(),
                            each.getKey(),
                            each.getValue()),
                    count(place),
                    findings);
        }
        return !written.options().isEmpty();
    }

    /** A URI in place of a name is a name on Taffrail. Of IBM MQ also plain names are told so. */
    private boolean judgeUri(Place place, DestinationName written) {
        if (written.scheme().isEmpty()) {
            return false;
        }
        boolean plainToo =
                run.known(place.kind(), written.name()) != null
                        || isBound(place.kind(), place.name());
        if (provider == Provider.IBM_MQ && plainToo && written.options().isEmpty()) {
            return false;
        }
        findings.setting(
                text(place),
                "The whole text would be the name. Write the name alone, in the code or where it"
                        + " is configured; in jndi.properties: "
                        + place.kind().text()
                        + ".NAME="
                        + written.name(),
                create(place.kind(), written.name()),
                count(place));
        return true;
    }

    private boolean isBound(DestinationKind kind, String name) {
        Feature feature = kind == DestinationKind.TOPIC ? Feature.JNDI_TOPIC : Feature.JNDI_QUEUE;
        return run.uses(feature).keySet().stream().anyMatch(each -> each.endsWith("\t" + name));
    }

    private boolean judgeMeaning(Place place, String name) {
        return judgeReserved(place, name)
                || judgeVirtual(place, name)
                || judgeQualified(place, name)
                || judgeComposite(place, name)
                || judgeWildcard(place, name)
                || judgeDeadLetters(place, name);
    }

    private boolean judgeReserved(Place place, String name) {
        if (name.startsWith("ActiveMQ.Advisory.") || name.startsWith("activemq.notifications")) {
            findings.not(
                    text(place) + ": advisory messages",
                    "The broker sends no messages about itself. taffrail queue list and group list"
                            + " tell of destinations and consumers (docs/operations.md).",
                    count(place));
            return true;
        }
        if (name.startsWith("activemq.management") || name.startsWith("ActiveMQ.Statistics.")) {
            findings.not(
                    text(place) + ": managing by messages",
                    "Managing is done with the commands of bin/taffrail (docs/operations.md).",
                    count(place));
            return true;
        }
        return false;
    }

    private boolean judgeVirtual(Place place, String name) {
        Matcher consumer = VIRTUAL_CONSUMER.matcher(name);
        if (place.kind() == DestinationKind.QUEUE && consumer.matches()) {
            findings.setting(
                    text(place) + ": consumer of a virtual topic",
                    "What is sent to the topic does not come to a queue. A shared durable"
                            + " subscription is the same thing in JMS: one copy for all its"
                            + " consumers, kept while there is none.",
                    "session.createSharedDurableConsumer("
                            + create(DestinationKind.TOPIC, consumer.group(2))
                            + ", "
                            + Texts.literal(consumer.group(1))
                            + ")",
                    count(place));
            return true;
        }
        if (place.kind() == DestinationKind.TOPIC && name.startsWith("VirtualTopic.")) {
            findings.works(
                    text(place) + ": virtual topic",
                    "An ordinary topic, for senders too. Its consumers' queues need a line of"
                            + " code each, see queues Consumer.*.",
                    count(place));
            return true;
        }
        return false;
    }

    private boolean judgeQualified(Place place, String name) {
        int colons = name.indexOf("::");
        if (colons <= 0 || provider == Provider.IBM_MQ || provider == Provider.CLASSIC) {
            return false;
        }
        String address = name.substring(0, colons);
        String queue = name.substring(colons + 2);
        String what = text(place) + ": queue of an address (FQQN)";
        if (place.kind() == DestinationKind.QUEUE && address.equals(queue)) {
            findings.setting(
                    what,
                    "The whole text would be the name.",
                    create(DestinationKind.QUEUE, queue),
                    count(place));
        } else if (place.sent().count() == 0) {
            findings.setting(
                    what,
                    "The whole text would be the name. What collects its own copy of what is sent"
                            + " to a topic is a subscription.",
                    "session.createSharedDurableConsumer("
                            + create(DestinationKind.TOPIC, address)
                            + ", "
                            + Texts.literal(queue)
                            + ")",
                    count(place));
        } else {
            findings.not(
                    what,
                    "Nothing is sent to one subscription past the others. Send to a queue of its"
                            + " own: "
                            + create(DestinationKind.QUEUE, queue),
                    count(place));
        }
        return true;
    }

    private boolean judgeComposite(Place place, String name) {
        boolean means = provider == Provider.CLASSIC || provider == Provider.OTHER;
        if (!means || name.indexOf(',') < 0) {
            return false;
        }
        findings.not(
                text(place) + ": several destinations in one name",
                "It is one name on Taffrail. Send to each by itself, in one transaction if they"
                        + " belong together; make a consumer for each.",
                count(place));
        return true;
    }

    private boolean judgeWildcard(Place place, String name) {
        boolean wild = false;
        for (String word : name.split("[./]", -1)) {
            wild |=
                    word.equals("*")
                            || word.equals("#")
                            || word.equals(">")
                            || word.equals("+") && provider == Provider.IBM_MQ;
        }
        if (!wild) {
            return false;
        }
        findings.not(
                text(place) + ": wildcard",
                "It is a plain name on Taffrail: no message of another comes by it. Consume each"
                        + " destination by its name, or send to one topic with the rest as a"
                        + " property and select by that: createConsumer(topic, \"region LIKE"
                        + " 'eu.%'\").",
                count(place));
        return true;
    }

    private boolean judgeDeadLetters(Place place, String name) {
        boolean consumes = place.consumers() + place.browsers() > 0;
        if (place.kind() != DestinationKind.QUEUE || !consumes) {
            return false;
        }
        String key =
                switch (name) {
                    case "ActiveMQ.DLQ", "DLQ", "SYSTEM.DEAD.LETTER.QUEUE" ->
                            "redelivery.deadLetterQueue";
                    case "ExpiryQueue" -> "expiry.queue";
                    default -> null;
                };
        if (key == null) {
            return false;
        }
        findings.setting(
                text(place) + ", the provider's own",
                "Dead letters go to DLQ. and the queue's name, and what expires is dropped, unless"
                        + " the broker is told otherwise; the line is the broker's.",
                key + " = " + name,
                count(place));
        return true;
    }

    private boolean judgeCharacters(Place place, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            findings.not(
                    text(place) + ": name",
                    "A name is not blank and has no control characters: give it another.",
                    count(place));
            return true;
        }
        if (bytes > NAME_BYTES_MAX) {
            findings.not(
                    text(place) + ": name",
                    "A name has 4 KiB at most: give it a shorter one.",
                    count(place));
            return true;
        }
        if (bytes > NAME_BYTES_DEFAULT) {
            findings.setting(
                    text(place) + ": name",
                    "Longer than the default of 1 KiB. The line is the broker's.",
                    "limits.nameBytesMax = 4KiB",
                    count(place));
            return true;
        }
        return false;
    }
}
