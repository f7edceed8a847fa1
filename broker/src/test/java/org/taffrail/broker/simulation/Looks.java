// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The browsers of a client. Whatever they are shown, the {@link Model} stays as it was: what it
 * expects of consumers is what finds a browser that takes something.
 */
final class Looks {
    /** Browsers have numbers from here on, so that a plant can tell them. */
    static final int FIRST_ID = 10_000;

    private static final int BYTES = 1 << 28;

    private final Model model;
    private final Line line;
    private final Requests requests;
    private final int connection;
    private final int life;
    private final Map<Integer, Look> looks = new LinkedHashMap<>();
    private final List<Integer> open = new ArrayList<>();
    private int nextId = FIRST_ID;

    /** One look through a queue. */
    private static final class Look {
        final Holder holder;
        final int askedAt;
        final List<String> shown = new ArrayList<>();
        long credit;
        long partition;
        Copy last;

        Look(Holder holder, int askedAt) {
            this.holder = holder;
            this.askedAt = askedAt;
        }
    }

    Looks(Model model, Line line, Requests requests, int connection, int life) {
        this.model = model;
        this.line = line;
        this.requests = requests;
        this.connection = connection;
        this.life = life;
    }

    static boolean isOne(int consumerId) {
        return consumerId >= FIRST_ID;
    }

    /** Does something with a browser, whatever it may be. */
    void browse(Random random, String queue, String colour) {
        int dice = random.nextInt(8);
        if (open.isEmpty() || dice < 2 && open.size() < 3) {
            begin(queue, colour);
            return;
        }
        int id = open.get(random.nextInt(open.size()));
        if (dice < 4) {
            credit(id, random.nextInt(8), 0);
        } else if (dice < 6) {
            drain(id, random.nextInt(20));
        } else if (dice < 7) {
            settle(id, Verb.values()[random.nextInt(Verb.values().length)]);
        } else {
            end(id);
        }
    }

    int begin(String queue, String colour) {
        int id = nextId++;
        Holder holder = new Holder(model.group("q:" + queue, null), colour, connection, life, id);
        looks.put(id, new Look(holder, model.tick()));
        open.add(id);
        int request =
                requests.add(
                        answer ->
                                unless(
                                        answer instanceof BrokerFrame.Done,
                                        Invariant.NOTHING_STUCK,
                                        holder + " can't browse: " + answer));
        String selector = colour == null ? null : "colour = '" + colour + "'";
        line.say(
                new ClientFrame.Attach(
                        request,
                        id,
                        Source.BROWSER,
                        DestinationKind.QUEUE,
                        queue,
                        null,
                        selector,
                        false,
                        null),
                () -> requests.withdraw(request));
        return id;
    }

    private void credit(int id, int messages, int token) {
        looks.get(id).credit += messages;
        line.say(
                new ClientFrame.Credit(id, messages, BYTES, false, token),
                () -> requests.withdrawDrain(token));
    }

    void drain(int id, int messages) {
        credit(id, messages, requests.addDrain(id));
    }

    /** Tries to settle what it was shown last. */
    private void settle(int id, Verb verb) {
        Copy last = looks.get(id).last;
        if (last == null) {
            return;
        }
        int request =
                requests.add(
                        answer ->
                                unless(
                                        answer instanceof BrokerFrame.Failed failed
                                                && failed.code() == ErrorCode.NOT_HELD,
                                        Invariant.BROWSERS_TAKE_NOTHING,
                                        verb + " of " + last + " by a browser: " + answer));
        long[] range = {last.offset, last.offset};
        line.say(
                new ClientFrame.Settle(request, 0, id, verb, looks.get(id).partition, range),
                () -> requests.withdraw(request));
    }

    private void end(int id) {
        open.remove((Integer) id);
        int request = requests.add(answer -> {});
        line.say(new ClientFrame.Detach(request, id), () -> requests.withdraw(request));
    }

    /** A browser is shown a message. */
    void shown(Delivery delivery, long nowMs) {
        Look look = looks.get(delivery.consumerId());
        unless(
                look != null && look.shown.size() < look.credit,
                Invariant.HEARD_BY_WHO_ASKED,
                "connection " + connection + " has not asked to browse " + delivery);
        if (line.isOver()) {
            return;
        }
        Copy copy = check(look, delivery, nowMs);
        unless(
                look.last == null || isAfter(copy, look.last),
                Invariant.BROWSERS_SHOW_WHAT_IS_READY,
                copy + " after " + look.last + ", shown to " + look.holder);
        look.last = copy;
        look.partition = delivery.partition();
        look.shown.add(describe(delivery));
    }

    private Copy check(Look look, Delivery delivery, long nowMs) {
        Holder browser = look.holder;
        Letter letter = model.letter(delivery);
        String origin = Model.origin(browser.group, letter, delivery);
        Copy copy = model.copy(browser.group, letter, delivery.offset(), origin);
        String what = copy + " shown to " + browser;
        Model.checkMayExist(letter, browser, what);
        unless(
                !copy.settled || copy.settledAt >= look.askedAt,
                Invariant.NO_SETTLED_MESSAGE_RETURNS,
                what);
        Model.checkAsked(browser, letter, origin, what, nowMs);
        return copy;
    }

    private static boolean isAfter(Copy copy, Copy last) {
        Letter letter = copy.letter;
        return letter.priority == last.letter.priority
                ? copy.offset > last.offset
                : letter.priority < last.letter.priority;
    }

    /** What a delivery looks like to an application. */
    static String describe(Delivery delivery) {
        return delivery.body()
                + " at "
                + delivery.offset()
                + " count "
                + delivery.count()
                + " "
                + delivery.redelivered();
    }

    /** What a look has shown is what has come to a consumer then, all of it and in this order. */
    void checkShown(int id, List<String> consumed) {
        List<String> shown = looks.get(id).shown;
        unless(
                shown.equals(consumed),
                Invariant.BROWSERS_SHOW_WHAT_IS_READY,
                "shown were " + shown + ", consumed " + consumed);
    }
}
