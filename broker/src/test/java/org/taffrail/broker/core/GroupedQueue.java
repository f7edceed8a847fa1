// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.taffrail.wire.frame.ClientFrame.Verb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One queue with message groups, its clients, and a plain account of every message, against which
 * each delivery is held. Messages are sent one by one, so that the how-manieth is the offset.
 */
final class GroupedQueue {
    private static final String QUEUE = "q";
    private static final String[] KEYS = {"A", "B", "C", "D", null};
    private static final String[] COLOURS = {"red", "blue"};
    private static final int STEPS = 150;
    private static final int DELIVERIES_MAX = 4;
    private static final long DELAY_MS = 100;
    private static final int USUAL_PRIORITY = 4;

    private final Random random;
    private final boolean forgetful;
    private final boolean selective;
    private final String selectedBy;
    private final long delayMs;
    private final CoreRig rig;
    private final List<Letter> letters = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Map<String, Reader> owners = new HashMap<>();

    private enum Place {
        READY,
        HELD,
        WAITING,
        SETTLED
    }

    private static final class Letter {
        final int offset;
        final String key;
        final int priority;
        final String colour;
        final long expiresAtMs;
        final boolean last;
        Place place = Place.READY;
        Reader holder;
        int failures;
        long dueMs;

        Letter(int offset, Random random, boolean mayExpire, long nowMs) {
            this.offset = offset;
            key = KEYS[random.nextInt(KEYS.length)];
            priority = random.nextInt(5) == 0 ? random.nextInt(10) : USUAL_PRIORITY;
            colour = COLOURS[random.nextInt(COLOURS.length)];
            last = random.nextInt(8) == 0;
            expiresAtMs = mayExpire && random.nextInt(6) == 0 ? nowMs + random.nextInt(400) : 0;
        }

        Message message() {
            Message message = Message.message(Integer.toString(offset)).priority(priority);
            message.key(key).correlation(colour).property("c", colour).expiresAt(expiresAtMs);
            return last ? message.property("JMSXGroupSeq", -1) : message;
        }

        boolean isBefore(Letter other) {
            return priority > other.priority || priority == other.priority && offset < other.offset;
        }

        @Override
        public String toString() {
            return key + offset + " p" + priority + ' ' + colour + ' ' + place;
        }
    }

    private static final class Reader {
        final TestClient client;
        final TestConsumer consumer;
        final String colour;
        int credit;
        boolean ended;

        Reader(TestClient client, String colour, String selectedBy) {
            this.client = client;
            this.colour = colour;
            consumer =
                    client.queue(QUEUE, colour == null ? null : selectedBy + " = '" + colour + "'");
        }

        boolean selects(Letter letter) {
            return colour == null || colour.equals(letter.colour);
        }
    }

    GroupedQueue(long seed, int keysMax, String selectedBy) {
        random = new Random(seed);
        this.selective = selectedBy != null;
        this.selectedBy = selectedBy;
        delayMs = random.nextBoolean() ? DELAY_MS : 0;
        forgetful = keysMax < KEYS.length;
        rig =
                new CoreRig(
                        TestLimits.limits()
                                .keysMax(keysMax)
                                .redeliveryDelayMs(delayMs)
                                .deliveriesMax(DELIVERIES_MAX)
                                .windowBytes(random.nextBoolean() ? 1 : 1 << 20)
                                .releasesMax(random.nextBoolean() ? 1 : 1000));
    }

    void history() {
        for (int step = 0; step < STEPS; step++) {
            step(random.nextInt(100));
            checkRest();
        }
        end();
    }

    private void step(int dice) {
        if (dice < 30) {
            send();
        } else if (dice < 40 || readers.isEmpty()) {
            attach();
        } else if (dice < 55) {
            Reader reader = reader();
            int more = 1 + random.nextInt(4);
            reader.credit += more;
            reader.consumer.credit(more);
        } else if (dice < 58) {
            drain(reader());
        } else if (dice < 84) {
            settle(reader());
        } else if (dice < 88) {
            detach(reader());
        } else if (dice < 91) {
            disconnect(clients.get(random.nextInt(clients.size())));
        } else if (dice < 97) {
            advance(random.nextInt(80));
        } else if (dice < 98) {
            rig.snapshot();
            rig.discardCovered();
        } else {
            crash();
        }
    }

    private Reader reader() {
        return readers.get(random.nextInt(readers.size()));
    }

    private void send() {
        if (clients.isEmpty()) {
            clients.add(rig.connect());
        }
        Letter letter = new Letter(letters.size(), random, !selective, rig.nowMs);
        letters.add(letter);
        clients.get(0).send(QUEUE, letter.message());
        expire();
    }

    private void attach() {
        if (readers.stream().filter(each -> !each.ended).count() > 4) {
            return;
        }
        if (clients.size() < 3) {
            clients.add(rig.connect());
        }
        TestClient client = clients.get(random.nextInt(clients.size()));
        int colour = selective ? random.nextInt(COLOURS.length + 1) : COLOURS.length;
        join(client, colour < COLOURS.length ? COLOURS[colour] : null);
    }

    private Reader join(TestClient client, String colour) {
        Reader reader = new Reader(client, colour, selectedBy);
        readers.add(reader);
        reader.consumer.listen(delivery -> delivered(reader, delivery));
        return reader;
    }

    private void drain(Reader reader) {
        if (!reader.ended) {
            int more = random.nextInt(3);
            reader.credit += more;
            reader.consumer.drain(more);
            reader.credit = 0;
        }
    }

    private List<Letter> heldBy(Reader reader) {
        return new ArrayList<>(letters.stream().filter(each -> each.holder == reader).toList());
    }

    private void settle(Reader reader) {
        List<Letter> some = heldBy(reader);
        some.removeIf(each -> random.nextInt(3) == 0);
        if (some.isEmpty()) {
            return;
        }
        Verb verb = Verb.values()[random.nextInt(2) == 0 ? 0 : random.nextInt(4)];
        some.forEach(each -> settled(each, verb));
        String[] bodies =
                some.stream().map(each -> Integer.toString(each.offset)).toArray(String[]::new);
        reader.consumer.settle(verb, 0, bodies);
    }

    private void settled(Letter letter, Verb verb) {
        letter.holder = null;
        boolean failed = verb == Verb.RELEASE_SEEN;
        letter.failures += failed ? 1 : 0;
        if (verb == Verb.ACCEPT || verb == Verb.FAIL || letter.failures == DELIVERIES_MAX) {
            letter.place = Place.SETTLED;
        } else if (failed && delayMs > 0) {
            letter.place = Place.WAITING;
            letter.dueMs = rig.nowMs + delayMs;
        } else {
            letter.place = Place.READY;
        }
        expire();
    }

    private void detach(Reader reader) {
        if (!reader.ended) {
            reader.ended = true;
            reader.credit = 0;
            reader.consumer.close();
        }
    }

    private void disconnect(TestClient client) {
        clients.remove(client);
        for (Reader reader : new ArrayList<>(readers)) {
            if (reader.client == client) {
                goneWith(reader);
            }
        }
        rig.disconnect(client);
    }

    private void goneWith(Reader reader) {
        readers.remove(reader);
        reader.ended = true;
        for (Letter letter : heldBy(reader)) {
            letter.holder = null;
            letter.place = Place.READY;
        }
        expire();
    }

    private void crash() {
        if (random.nextBoolean()) {
            new ArrayList<>(readers).forEach(this::goneWith);
            clients.clear();
            rig.crash();
        } else {
            new ArrayList<>(clients).forEach(this::disconnect);
            rig.restart();
        }
        owners.clear();
        rig.assertRecoversToTheSameState();
    }

    private void advance(long ms) {
        long until = rig.nowMs + ms;
        for (Letter letter : letters) {
            if (letter.place == Place.WAITING && letter.dueMs <= until) {
                letter.place = Place.READY;
            }
        }
        expire(until);
        rig.advance(ms);
    }

    private void expire() {
        expire(rig.nowMs);
    }

    /** What has expired must not be delivered any more, wherever it is now. */
    private void expire(long nowMs) {
        for (Letter letter : letters) {
            boolean expired = letter.expiresAtMs != 0 && letter.expiresAtMs <= nowMs;
            if (expired && letter.place != Place.HELD) {
                letter.place = Place.SETTLED;
            }
        }
    }

    // The rules.

    private void delivered(Reader reader, Delivery delivery) {
        Letter letter = letters.get(Integer.parseInt(delivery.body()));
        String what = letter + " to " + reader.consumer.id + " of " + reader.client.connection;
        assertEquals(Place.READY, letter.place, what);
        assertTrue(!reader.ended && reader.selects(letter), what);
        if (letter.key != null) {
            checkGroup(reader, letter, what);
            owners.put(letter.key, letter.last ? null : reader);
        }
        letter.place = Place.HELD;
        letter.holder = reader;
        reader.credit--;
    }

    private void checkGroup(Reader reader, Letter letter, String what) {
        for (Letter other : letters) {
            if (!letter.key.equals(other.key)) {
                continue;
            }
            assertTrue(other.place != Place.WAITING, what + " while another waits: " + other);
            assertTrue(
                    other.holder == null || other.holder == reader,
                    what + " while another consumer holds " + other);
            assertTrue(
                    selective || other.place != Place.READY || !other.isBefore(letter),
                    what + " before " + other);
        }
        Reader owner = owner(letter.key);
        boolean sticks = owner == null || owner == reader || !owner.selects(letter);
        assertTrue(forgetful || sticks || selective, what + ", another owns the group");
    }

    private Reader owner(String key) {
        Reader owner = owners.get(key);
        return owner == null || owner.ended ? null : owner;
    }

    /** Nothing lies there that someone could have now. */
    private void checkRest() {
        for (Letter letter : letters) {
            if (letter.place == Place.READY && mustGo(letter)) {
                throw new AssertionError(letter + " starves");
            }
        }
    }

    private boolean mustGo(Letter letter) {
        List<Reader> takers =
                readers.stream().filter(each -> !each.ended && each.selects(letter)).toList();
        boolean anyCan = takers.stream().anyMatch(each -> each.credit > 0);
        if (letter.key == null) {
            return anyCan;
        }
        Reader holder = null;
        for (Letter other : letters) {
            if (letter.key.equals(other.key)) {
                if (other.place == Place.WAITING || isUnswept(other)) {
                    return false;
                }
                if (selective && other.place == Place.READY && other.isBefore(letter)) {
                    return false;
                }
                holder = other.holder != null ? other.holder : holder;
            }
        }
        if (forgetful || selective) {
            boolean allCan = takers.stream().allMatch(each -> each.credit > 0);
            return anyCan && allCan && holder == null;
        }
        Reader owner = owner(letter.key);
        if (owner == null) {
            return anyCan && holder == null;
        }
        return owner.credit > 0 && (holder == null || holder == owner);
    }

    /** The sweep, which ends what has expired while it waited, comes up to a second late. */
    private boolean isUnswept(Letter letter) {
        return letter.dueMs > rig.nowMs && letter.expiresAtMs != 0;
    }

    private void end() {
        new ArrayList<>(clients).forEach(this::disconnect);
        advance(DELAY_MS + 2000);
        if (random.nextBoolean()) {
            crash();
        }
        Reader reader = join(rig.connect(), null);
        int more = letters.size() + 1;
        reader.credit += more;
        reader.consumer.credit(more);
        checkRest();
        List<Letter> held = heldBy(reader);
        reader.consumer.settle(
                Verb.ACCEPT,
                0,
                held.stream().map(each -> Integer.toString(each.offset)).toArray(String[]::new));
        assertEquals(0, rig.depth(QUEUE), () -> letters + rig.core().durableState());
        rig.assertRecoversToTheSameState();
    }
}
