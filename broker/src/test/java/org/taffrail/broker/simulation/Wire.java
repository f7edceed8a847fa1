// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.session.Outlet;

import java.util.Arrays;

/**
 * A simulated connection: two streams of bytes, and what each side knows of its end.
 *
 * <p>It is over as soon as the broker takes nothing more from the client, by whatever cause. What
 * the client has said is then either heard by the broker, or never will be. The broker may still be
 * heard by the client after that.
 */
final class Wire implements Outlet {
    final int number;
    final String clientId;
    final int clientHeartbeatMs;

    private final Ear ear;
    private final ByteStream toBroker = new ByteStream();
    private final ByteStream toClient = new ByteStream();
    private Weather weather;
    private Inlet inlet;

    private boolean relieved;
    private boolean admitted;
    private boolean cut;
    private boolean killed;
    private boolean closed;
    private boolean ended;
    private boolean lostTold;
    private boolean dismissed;
    private boolean endHeard;
    private boolean over;
    private boolean stalled;
    private boolean full;

    private long saidBytes;
    private long heardBytes;
    private long goodbyeAt = Long.MAX_VALUE;

    private boolean heardSinceTick;
    private long openedMs;
    private long silentMs;
    private boolean silentTooLong;
    private long mutedMs;

    /** The client's side of a connection. */
    interface Ear {
        /** Hears bytes. */
        void received(byte[] array, int at, int length);

        /** Hears that the connection is no more. */
        void ended();

        /** From now on the broker takes nothing more; the client does not know it yet. */
        void over();
    }

    Wire(int number, String clientId, int clientHeartbeatMs, Ear ear, Weather weather) {
        this.number = number;
        this.clientId = clientId;
        this.clientHeartbeatMs = clientHeartbeatMs;
        this.ear = ear;
        this.weather = weather;
    }

    void leadsTo(Inlet newInlet) {
        inlet = newInlet;
    }

    void weather(Weather newWeather) {
        weather = newWeather;
    }

    // What the client does.

    void say(byte[] array, int at, int length) {
        saidBytes += length;
        if (!cut && !killed && !ended) {
            toBroker.put(array, at, length);
        }
    }

    /** How many bytes the client has said. */
    long saidBytes() {
        return saidBytes;
    }

    /** Whether the broker has heard the client up to here. */
    boolean isHeard(long upToBytes) {
        return heardBytes >= upToBytes;
    }

    /** Notes that the last thing said was a goodbye. */
    void saidGoodbye() {
        goodbyeAt = saidBytes;
    }

    /** Closes the client's side; it hears nothing more. */
    void close(boolean losingBytes) {
        closed = true;
        endHeard = true;
        if (losingBytes) {
            toBroker.clear();
        }
    }

    // What the broker does.

    @Override
    public void write(byte[] array, int at, int length) {
        if (ended) {
            throw new IllegalStateException("connection " + number + " is written after its end");
        }
        toClient.put(array, at, length);
        if (admitted) {
            mutedMs = 0;
        }
        checkRoom();
    }

    @Override
    public long unsentBytes() {
        return Math.max(0, toClient.length() - weather.socketBytes());
    }

    @Override
    public void end() {
        ended = true;
        over();
    }

    @Override
    public String peer() {
        return Integer.toString(number);
    }

    private void checkRoom() {
        if (ended || killed || inlet == null) {
            return;
        }
        long unsent = unsentBytes();
        if (!full && unsent > weather.fullBytes()) {
            full = true;
            inlet.full(true);
        } else if (full && unsent <= weather.fullBytes() / 2) {
            full = false;
            inlet.full(false);
        }
    }

    // What happens to it.

    void admitted() {
        admitted = true;
    }

    void over() {
        if (!over) {
            over = true;
            ear.over();
        }
    }

    /** Whatever is under way is lost, and so is all that is said from now on. */
    void cut() {
        cut = true;
        toBroker.clear();
    }

    /** The broker is no more. */
    void kill() {
        killed = true;
        toBroker.clear();
        toClient.clear();
        over();
    }

    /** The broker's end is closed after all it had to say. */
    void brokerGone() {
        lostTold = true;
        toBroker.clear();
    }

    void stall(boolean newStalled) {
        stalled = newStalled;
    }

    int bytesToBroker() {
        return killed ? 0 : toBroker.length();
    }

    /** How many bytes the client could take now. */
    int bytesToClient() {
        return cut || stalled || endHeard ? 0 : toClient.length();
    }

    void moveToBroker(int count, long nowMs) {
        byte[] chunk = toBroker.take(count);
        if (!over) {
            heardBytes += count;
        }
        heardSinceTick = true;
        if (isGoodbyeHeard()) {
            over();
        }
        if (!ended) {
            inlet.received(chunk, 0, count, nowMs);
        }
        Arrays.fill(chunk, (byte) -1);
    }

    void moveToClient(int count) {
        byte[] chunk = toClient.take(count);
        ear.received(chunk, 0, count);
        Arrays.fill(chunk, (byte) -1);
        checkRoom();
    }

    /** Whether the broker's side could hear of the end now. */
    boolean mayTellBroker() {
        return !lostTold && !killed && (cut || closed && toBroker.length() == 0);
    }

    void tellBroker(long nowMs) {
        lostTold = true;
        over();
        inlet.lost(nowMs);
    }

    /** Whether the client's side could hear of the end now. */
    boolean mayTellClient() {
        boolean allHeard = ended && toClient.length() == 0;
        return !endHeard && (cut || killed || allHeard && !stalled);
    }

    void tellClient() {
        endHeard = true;
        toClient.clear();
        closed = true;
        ear.ended();
    }

    /** Counts silence as a session does: a client that was silent for too long is not heard. */
    void tick(long elapsedMs, int heartbeatMs) {
        openedMs += elapsedMs;
        mutedMs += elapsedMs;
        silentMs = heardSinceTick ? 0 : silentMs + elapsedMs;
        heardSinceTick = false;
        if (admitted && heartbeatMs > 0 && silentMs > 2L * heartbeatMs) {
            silentTooLong = true;
            over();
        }
    }

    // How it stands.

    /** The client goes on with another connection. */
    void relieve() {
        relieved = true;
    }

    boolean isRelieved() {
        return relieved;
    }

    boolean isCut() {
        return cut;
    }

    boolean isOver() {
        return over;
    }

    boolean isAdmitted() {
        return admitted;
    }

    /** The broker ends it in order, because the client or the broker itself wants so. */
    void dismissed() {
        dismissed = true;
    }

    /** Whether the client has heard all up to an end in order. */
    boolean isDismissed() {
        return dismissed && !cut && !killed;
    }

    boolean isGoodbyeHeard() {
        return heardBytes >= goodbyeAt;
    }

    /** Whether the broker has ended its side. */
    boolean isEnded() {
        return ended;
    }

    boolean isKilled() {
        return killed;
    }

    /** Whether nothing can happen to it any more. */
    boolean isDone() {
        return endHeard && (killed || lostTold && ended);
    }

    long openedMs() {
        return openedMs;
    }

    boolean wasSilentTooLong() {
        return silentTooLong;
    }

    long mutedMs() {
        return mutedMs;
    }
}
