// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.NOTE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.wire.NearestName;
import org.taffrail.wire.frame.Fields;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Judges what goes through a broker, by two looks at it that lie some seconds apart. */
public final class Traffic {
    private static final long BRANCH_MS_MAX = 600_000;
    private static final long CLOCKS_APART_MS_MAX = 60_000;
    private static final int TYPING_ERRORS_MAX = 2;

    /** Who works on a message for longer is told of. */
    private static final long HELD_MS_MAX = 60_000;

    private final Sample before;
    private final Sample after;
    private final long apartMs;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param before the first look
     * @param after the second look
     * @param apartMs how long after the first, ms
     */
    public Traffic(Sample before, Sample after, long apartMs) {
        this.before = before;
        this.after = after;
        this.apartMs = apartMs;
    }

    /**
     * Judges.
     *
     * @param brokerNowMs the broker's clock, ms since 1970
     * @param nowMs this machine's clock, ms since 1970
     * @return in the order in which it was found
     */
    public List<Finding> findings(long brokerNowMs, long nowMs) {
        List<Fields> queues = new ArrayList<>();
        for (Fields row : after.destinations()) {
            if ("queue".equals(row.text("kind")) && !row.flag("temporary")) {
                queues.add(row);
            }
        }
        queues.forEach(this::lookAtQueue);
        after.groups().forEach(this::lookAtSubscription);
        lookAtConsumers(brokerNowMs);
        lookForTypingErrors(queues);
        after.branches().forEach(row -> lookAtBranch(row, brokerNowMs));
        lookAtClocks(brokerNowMs, nowMs);
        return findings;
    }

    private void find(Finding.Weight weight, String what, String why, String cure) {
        findings.add(new Finding(weight, what, why, cure));
    }

    private static long number(Fields row, String name) {
        return row.number(name, 0);
    }

    private static String messages(long count) {
        return count + (count == 1 ? " message" : " messages");
    }

    private String inBetween() {
        return " within " + Math.max(1, apartMs / 1000) + " s";
    }

    private void lookAtQueue(Fields queue) {
        String name = queue.text("name");
        long depth = number(queue, "depth");
        if (queue.flag("deadLetters")) {
            if (depth > 0) {
                find(
                        WARNING,
                        "queue " + name + " holds " + messages(depth) + " that failed or expired",
                        "applications could not process them, and nobody else looks at them",
                        "taffrail dlq show "
                                + name
                                + " says why; when that is mended, taffrail dlq retry "
                                + name
                                + " --all sends them back");
            }
            return;
        }
        long grown = number(queue, "end") - number(earlier(queue), "end");
        if (depth > 0 && number(queue, "consumers") == 0) {
            find(
                    grown > 0 ? WARNING : NOTE,
                    "queue "
                            + name
                            + " holds "
                            + messages(depth)
                            + " and nobody consumes"
                            + (grown > 0 ? "; " + grown + " more came" + inBetween() : ""),
                    grown > 0 ? "it grows until the disk is full" : "they stay until somebody does",
                    "start the application that consumes it; taffrail queue purge "
                            + name
                            + " throws away what nobody wants");
        }
        long failed = number(queue, "failed");
        if (failed > 0 && number(queue, "deliveriesMax") == 0) {
            find(
                    WARNING,
                    "queue "
                            + name
                            + " holds "
                            + messages(failed)
                            + " that failed, and redelivery.deliveriesMax is 0",
                    "they are delivered again without end",
                    "set redelivery.deliveriesMax for it, so that they go to a dead-letter queue");
        }
    }

    private Fields earlier(Fields row) {
        for (Fields each : before.destinations()) {
            if (number(each, "id") == number(row, "id")) {
                return each;
            }
        }
        return row;
    }

    private void lookAtSubscription(Fields group) {
        if (!group.flag("durable")
                || number(group, "consumers") > 0
                || number(group, "depth") == 0) {
            return;
        }
        long grown = 0;
        for (Fields each : before.groups()) {
            if (number(each, "id") == number(group, "id")) {
                grown = number(group, "depth") - number(each, "depth");
            }
        }
        String topic = group.text("destination");
        find(
                grown > 0 ? WARNING : NOTE,
                "subscription "
                        + group.text("name")
                        + " of topic "
                        + topic
                        + " holds "
                        + messages(number(group, "depth"))
                        + " and nobody consumes"
                        + (grown > 0 ? "; " + grown + " more came" + inBetween() : ""),
                "a durable subscription keeps all that comes until it is consumed",
                "start its application; if there is none any more, unsubscribe it, or taffrail"
                        + " topic purge "
                        + topic
                        + " --group "
                        + number(group, "id"));
    }

    private void lookAtConsumers(long brokerNowMs) {
        after.consumers()
                .forEach(
                        (queue, rows) -> {
                            Map<List<Long>, Fields> earlier = new HashMap<>();
                            for (Fields row : before.consumers().getOrDefault(queue, List.of())) {
                                earlier.put(key(row), row);
                            }
                            for (Fields row : rows) {
                                lookAtConsumer(queue, row, earlier.get(key(row)), brokerNowMs);
                            }
                        });
    }

    private static List<Long> key(Fields consumer) {
        return List.of(number(consumer, "connection"), number(consumer, "id"));
    }

    /**
     * Who holds as many as before has settled nothing in between: stuck, if it takes no more either
     * or has held one of them for long. The latter is noted of who gets on with others, too.
     */
    private void lookAtConsumer(String queue, Fields now, Fields then, long brokerNowMs) {
        long held = number(now, "held");
        long sinceMs = number(now, "oldestHeldMs"); // 0 from a broker that does not tell
        long heldMs = sinceMs == 0 ? 0 : brokerNowMs - sinceMs;
        boolean full = then != null && number(now, "credit") <= 0 && number(then, "credit") <= 0;
        boolean stuck =
                then != null
                        && !now.flag("ended") // it waits for its transaction
                        && held > 0
                        && held == number(then, "held")
                        && (full || heldMs > HELD_MS_MAX)
                        && firstNeeded(after, queue) == firstNeeded(before, queue);
        if (!stuck && heldMs <= HELD_MS_MAX) {
            return;
        }
        String who = now.text("peer") == null ? "" : " at " + now.text("peer");
        String user = now.text("user") == null ? "" : ", user " + now.text("user");
        find(
                stuck ? WARNING : NOTE,
                "a consumer of queue "
                        + queue
                        + who
                        + user
                        + " holds "
                        + messages(held)
                        + (heldMs > 0 ? ", the oldest for " + heldMs / 1000 + " s" : "")
                        + (full ? ", takes no more" : "")
                        + (stuck ? ", and has settled none" + inBetween() : ""),
                "what it holds goes to nobody else"
                        + (now.flag("paused") ? "; its connection does not read either" : ""),
                "taffrail queue held "
                        + queue
                        + " shows which and since when; look at what that application is doing (a"
                        + " thread dump). Others get the messages when it ends"
                        + (who.isEmpty()
                                ? ""
                                : ", or with taffrail connection close "
                                        + number(now, "connection"))
                        + ". If it is only slow, a smaller jms.prefetch leaves more to others");
    }

    private static long firstNeeded(Sample sample, String queue) {
        for (Fields row : sample.destinations()) {
            if ("queue".equals(row.text("kind")) && queue.equals(row.text("name"))) {
                return number(row, "firstNeeded");
            }
        }
        return -1;
    }

    /** One queue that is only read, and one that is only written, with nearly the same name. */
    private void lookForTypingErrors(List<Fields> queues) {
        for (Fields read : queues) {
            if (number(read, "consumers") == 0 || number(read, "end") > 0) {
                continue;
            }
            for (Fields written : queues) {
                String one = read.text("name");
                String other = written.text("name");
                if (number(written, "consumers") == 0
                        && number(written, "depth") > 0
                        && !Objects.equals(one, other)
                        && isTypedLike(one, other)) {
                    find(
                            WARNING,
                            "queue "
                                    + one
                                    + " has a consumer and never had a message, queue "
                                    + other
                                    + " has messages and no consumer",
                            "one of the names may be a typing error, and then nothing arrives",
                            "correct the name in the application, and carry over what waits:"
                                    + " taffrail queue move "
                                    + other
                                    + " --to "
                                    + one
                                    + ". destinations.createOnUse=false keeps such queues from"
                                    + " being made");
                }
            }
        }
    }

    private static boolean isTypedLike(String one, String other) {
        return Math.min(one.length(), other.length()) > 2 * TYPING_ERRORS_MAX
                && NearestName.edits(one, other) <= TYPING_ERRORS_MAX;
    }

    private void lookAtBranch(Fields branch, long brokerNowMs) {
        long ms = brokerNowMs - number(branch, "preparedMs");
        long id = number(branch, "id");
        if ("prepared".equals(branch.text("ended")) || branch.text("ended") == null) {
            if (ms > BRANCH_MS_MAX) {
                find(
                        WARNING,
                        "branch "
                                + id
                                + " of a global transaction is prepared for "
                                + ms / 60_000
                                + " minutes",
                        "what it has consumed stays held and what it has sent stays invisible"
                                + " until its transaction manager decides",
                        "start the application with its transaction log again; if it never comes"
                                + " back, taffrail tx commit "
                                + id
                                + " or tx rollback "
                                + id);
            }
        } else {
            find(
                    NOTE,
                    "branch " + id + " was ended by an operator and is not forgotten",
                    "its transaction manager may still ask for it",
                    "if that never comes back, taffrail tx forget " + id);
        }
    }

    private void lookAtClocks(long brokerNowMs, long nowMs) {
        long apart = Math.abs(brokerNowMs - nowMs);
        if (apart > CLOCKS_APART_MS_MAX) {
            find(
                    WARNING,
                    "the broker's clock and this machine's are " + apart / 1000 + " s apart",
                    "expirations and delivery times are counted from the sender's clock and judged"
                            + " by the broker's",
                    "let both keep their time (chrony, ntpd)");
        }
    }
}
