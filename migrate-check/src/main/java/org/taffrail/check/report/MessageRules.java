// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.Feature;
import org.taffrail.check.report.Judgement.Area;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Judges sends, receives, sizes and bodies. */
final class MessageRules {
    /** Default of limits.messageBytesMax. */
    static final long MESSAGE_BYTES_DEFAULT = 64L << 20;

    /** The most that limits.messageBytesMax may be. */
    static final long MESSAGE_BYTES_MAX = 1L << 30;

    private static final long MIB = 1L << 20;

    /** What arrays may consist of. */
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "double", "float", "int", "long", "short");

    private final Run run;
    private final Findings findings;

    private MessageRules(Run run, Findings findings) {
        this.run = run;
        this.findings = findings;
    }

    static void judge(Run run, Findings findings) {
        MessageRules rules = new MessageRules(run, findings);
        findings.in(Area.SENDING);
        rules.sending();
        findings.in(Area.RECEIVING);
        rules.receiving();
        findings.in(Area.MESSAGES);
        rules.bodies();
        rules.sizes();
        rules.objects();
    }

    private void works(Feature feature, String what, String advice) {
        if (run.hasUsed(feature)) {
            findings.works(what, advice, run.use(feature));
        }
    }

    private void sending() {
        works(Feature.PRODUCER, "Producers for one destination", "");
        works(Feature.ANONYMOUS_PRODUCER, "Producers for any destination", "");
        works(Feature.ASYNC_SEND, "Sends with a CompletionListener", "");
        works(Feature.DELIVERY_DELAY, "Delivery delay", "");
        works(
                Feature.TIME_TO_LIVE,
                "Time to live",
                "What has expired is dropped; expiry.queue of the broker keeps it.");
        if (run.hasUsed(Feature.PRIORITY)) {
            findings.works(
                    "Priorities " + String.join(", ", run.uses(Feature.PRIORITY).keySet()),
                    "Highest first, and in order within each.",
                    run.use(Feature.PRIORITY));
        }
        works(
                Feature.NON_PERSISTENT,
                "Non-persistent messages",
                "Delivered at most once, and lost with the broker's process.");
        works(
                Feature.MESSAGE_ID_DISABLED,
                "setDisableMessageID(true)",
                "Taken at its word: JMSMessageID is null then, also where the present provider"
                        + " sets it nevertheless.");
        works(
                Feature.TIMESTAMP_DISABLED,
                "setDisableMessageTimestamp(true)",
                "Taken at its word: JMSTimestamp is 0 then.");
        for (Map.Entry<String, Count> each : run.uses(Feature.REPLY_TO).entrySet()) {
            findings.works("JMSReplyTo with a " + each.getKey(), "", each.getValue());
        }
        works(Feature.CORRELATION_ID, "JMSCorrelationID", "");
        works(Feature.JMS_TYPE, "JMSType", "");
    }

    private void receiving() {
        works(Feature.CONSUMER, "Consumers", "");
        works(Feature.LISTENER, "Message listeners", "");
        works(Feature.RECEIVE, "receive without a limit", "");
        if (run.hasUsed(Feature.RECEIVE_TIMEOUT)) {
            findings.works(
                    "receive with a limit of "
                            + String.join(", ", first(run.uses(Feature.RECEIVE_TIMEOUT).keySet()))
                            + " ms",
                    empty(),
                    run.use(Feature.RECEIVE_TIMEOUT));
        }
        works(Feature.RECEIVE_NO_WAIT, "receiveNoWait", empty());
        works(Feature.RECEIVE_BODY, "receiveBody", "");
        works(Feature.NO_LOCAL, "noLocal", "");
        works(Feature.DURABLE_SUBSCRIPTION, "Durable subscriptions", "");
        works(Feature.SHARED_SUBSCRIPTION, "Shared subscriptions", "");
        works(Feature.SHARED_DURABLE_SUBSCRIPTION, "Shared durable subscriptions", "");
        works(Feature.UNSUBSCRIBE, "unsubscribe", "");
        works(Feature.BROWSER, "Queue browsers", "");
        works(
                Feature.TEMPORARY_QUEUE,
                "Temporary queues",
                "One may hold memory.temporaryBytesMax, 64 MiB.");
        works(
                Feature.TEMPORARY_TOPIC,
                "Temporary topics",
                "One may hold memory.temporaryBytesMax, 64 MiB.");
        works(Feature.REDELIVERED, "Messages that came again", SessionRules.redelivery());
    }

    private String empty() {
        long count = run.use(Feature.RECEIVE_EMPTY).count();
        return count == 0
                ? ""
                : Texts.number(count)
                        + " receives of all kinds brought nothing: with jms.prefetch=0 each would"
                        + " ask the broker.";
    }

    private static List<String> first(Set<String> texts) {
        List<String> few = new ArrayList<>(texts.stream().limit(5).toList());
        if (texts.size() > few.size()) {
            few.add("... (" + texts.size() + " values)");
        }
        return few;
    }

    private void bodies() {
        for (BodyKind kind : BodyKind.values()) {
            long sent = sum(place -> place.sent().count(kind));
            long received = sum(place -> place.received().count(kind));
            if (sent + received > 0 && kind != BodyKind.OBJECT) {
                findings.works(
                        "Messages: " + Flow.name(kind),
                        Texts.number(sent) + " sent, " + Texts.number(received) + " received",
                        new Count(sent + received, ""));
            }
        }
    }

    private long sum(ToLongFunction<Place> each) {
        return run.places().stream().mapToLong(each).sum();
    }

    private void sizes() {
        for (Place place : run.places()) {
            long bytes = Math.max(place.sent().bytesMax(), place.received().bytesMax());
            String what =
                    "Messages of up to "
                            + Texts.bytes(bytes)
                            + ", "
                            + place.kind().text()
                            + " "
                            + place.name();
            Count count = new Count(place.messages(), place.firstSeen());
            if (bytes > MESSAGE_BYTES_MAX) {
                findings.not(
                        what,
                        "A message has 1 GiB at most. Send a large body in parts, or where it"
                                + " lies.",
                        count);
            } else if (bytes > MESSAGE_BYTES_DEFAULT) {
                findings.setting(
                        what,
                        "More than the default of 64 MiB. The line is the broker's; room for"
                                + " headers, properties and growth is in it.",
                        "limits.messageBytesMax = " + limitMiB(bytes) + "MiB",
                        count);
            }
        }
    }

    /** Half as much again, in whole MiB, within the bounds of the key. */
    private static long limitMiB(long bytes) {
        return Math.min((bytes + bytes / 2 + MIB - 1) / MIB, MESSAGE_BYTES_MAX / MIB);
    }

    private void objects() {
        long sent = sum(place -> place.sent().count(BodyKind.OBJECT));
        Count received = run.use(Feature.OBJECT_RECEIVED);
        if (sent + received.count() == 0 && !run.hasUsed(Feature.OBJECT_SENT)) {
            return;
        }
        SortedSet<String> classes = allowed(run);
        Count count = run.use(Feature.OBJECT_SENT).plus(received);
        if (classes.isEmpty() && received.count() == 0) {
            findings.works(
                    "Object messages of the JDK's own classes", "Read without a setting.", count);
        } else if (classes.isEmpty()) {
            findings.setting(
                    "Object messages",
                    "Which classes are received can't be seen. Who receives must allow them, each"
                            + " class or package; those of plain values and collections of the JDK"
                            + " are allowed.",
                    "taffrail://localhost:61700?jms.deserializationAllowList=com.example.orders.**",
                    count);
        } else {
            findings.setting(
                    "Object messages",
                    "Who receives them must allow their classes. These were sent, and what their"
                            + " fields are declared to hold; subclasses, what stands in collections"
                            + " and what others send can't be seen: name their packages as well.",
                    "taffrail://localhost:61700?jms.deserializationAllowList="
                            + String.join(",", classes),
                    count);
        }
    }

    /** The classes of objects that the JDK does not have. */
    static SortedSet<String> allowed(Run run) {
        SortedSet<String> classes = new TreeSet<>(run.uses(Feature.OBJECT_SENT).keySet());
        classes.addAll(run.uses(Feature.OBJECT_REACHES).keySet());
        classes.removeIf(name -> name.startsWith("java.") || PRIMITIVES.contains(name));
        return classes;
    }
}
