// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.GroupStatus;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.RecoveryProbe;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.security.OpenAuthenticator;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.session.SessionObserver;
import org.taffrail.broker.session.SessionSettings;
import org.taffrail.broker.session.Sessions;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A broker that can be killed: sessions and a loop over a faulty disk, and the next ones over what
 * the last ones left on it.
 */
final class SimulatedBroker {
    private final Limits limits;
    private final long snapshotBytes;
    private SessionSettings settings;
    private final SessionObserver observer;
    private final Plant plant;
    private final Disk disk;
    private final Runnable whenScarce;
    private Sessions sessions;
    private Loop loop;
    private boolean stopFailed;
    private boolean noRoomForSnapshot;
    private boolean gaveUp;
    private boolean snapshotUnderWay;
    private boolean delaysPublication;
    private boolean publicationDelayed;
    private int lives;

    /**
     * Makes one that has not started.
     *
     * @param whenScarce hears that history may go because room is scarce
     */
    SimulatedBroker(
            Conditions conditions,
            Disk disk,
            SessionObserver observer,
            Plant plant,
            Runnable whenScarce) {
        this.whenScarce = whenScarce;
        this.disk = disk;
        limits = plant.limits(conditions.limits());
        snapshotBytes = conditions.snapshotBytes();
        settings = conditions.settings();
        this.observer = observer;
        this.plant = plant;
    }

    /** Starts on what the store holds; a start may fail, then another is tried. */
    void start(long nowMs, Random random) {
        while (true) {
            lives++;
            sessions = new Sessions(settings, new OpenAuthenticator(), observer);
            loop = null;
            stopFailed = false;
            noRoomForSnapshot = false;
            snapshotUnderWay = false;
            StoreException failure;
            try {
                loop = startLoop(nowMs);
                failure = loop.failure();
            } catch (StoreException e) {
                failure = e;
            }
            if (failure == null) {
                plant.started(loop);
                sessions.serve(loop);
                return;
            }
            checkCause(failure);
            disk.crash(random);
        }
    }

    private Loop startLoop(long nowMs) throws StoreException {
        return new Loop(
                new Overheard(plant.store(new WithRoom(disk.store()))),
                limits,
                snapshotBytes,
                plant.audience(sessions),
                nowMs);
    }

    private void checkCause(StoreException failure) {
        boolean noRoom = noRoomForSnapshot && failure.kind() == StoreException.Kind.FULL;
        Violation.unless(
                noRoom || disk.hasCaused(failure),
                Invariant.STORE_FAILS_FOR_A_CAUSE,
                failure.kind() + " " + failure.getMessage());
    }

    /** The loop's failure must be the disk's fault. */
    void checkFailure() {
        if (loop.failure() != null) {
            checkCause(loop.failure());
        }
    }

    /** Ends as a kill does; what was not durable may be lost. */
    void crash(Random random) {
        disk.crash(random);
        sessions = null;
        loop = null;
    }

    /** Sends all clients away; each hears all that is parked for it with the turns that follow. */
    void closeAll(WireException why, long nowMs) {
        sessions.closeAll(why, nowMs, () -> {});
    }

    /** Ends all connections of a loop that has failed. */
    void abandonAll(WireException why) {
        sessions.abandonAll(why);
    }

    boolean isEmpty() {
        return sessions.count() == 0;
    }

    /**
     * Ends the loop in order; false where the store has failed or it took more polls. Where there
     * is no room for the snapshot, all is written but that.
     */
    boolean stop(int pollsMax, boolean roomForSnapshot, long nowMs) {
        noRoomForSnapshot = !roomForSnapshot;
        try {
            for (int polls = 0; polls < pollsMax; polls++) {
                if (loop.stop(nowMs)) {
                    disk.close();
                    return true;
                }
            }
            return false;
        } catch (StoreException e) {
            checkCause(e);
            stopFailed = true;
            return false;
        }
    }

    /** From the next start on, nothing goes wrong, nothing is late and there is room for all. */
    void heal(Random random) {
        settings =
                new SessionSettings(
                        settings.connectionsMax(),
                        settings.messageBytesMax(),
                        settings.windowMessages(),
                        settings.windowBytes(),
                        settings.handshakeMs(),
                        Long.MAX_VALUE,
                        settings.product());
        plant.healed();
        disk.heal(random);
    }

    /** The number of the start, from 1. */
    int life() {
        return lives;
    }

    boolean hasFailed() {
        return stopFailed || loop.failure() != null;
    }

    SessionSettings settings() {
        return settings;
    }

    /** Takes a connection; returns the way in to its session. */
    Inlet open(Outlet outlet, int heartbeatMs) {
        return plant.inlet(Inlet.of(sessions.open(plant.outlet(outlet), heartbeatMs)));
    }

    void tick(long elapsedMs, long nowMs) {
        sessions.tick(elapsedMs, nowMs);
    }

    boolean turn(long nowMs) {
        gaveUp = false;
        boolean more = loop.turn(nowMs);
        sessions.flush(nowMs);
        return more;
    }

    /** There is room from now on; what waits for a segment goes on. */
    void makeRoom() {
        disk.makeRoom();
    }

    /** Turns once, as if somebody waited for all; true where nothing is under way after it. */
    boolean rests(long nowMs) {
        disk.makeRoom();
        disk.hurry();
        boolean more = turn(nowMs);
        return !more && disk.isQuiet() && loop.isQuiet();
    }

    /** Whether a snapshot has begun after which nothing was given up yet. */
    boolean hasSnapshotUnderWay() {
        return snapshotUnderWay;
    }

    /** Says whether the store takes its time to publish a snapshot. */
    void delayPublication(boolean delays) {
        delaysPublication = delays;
        publicationDelayed = false;
    }

    /** Whether a snapshot would be published if the store did not take its time. */
    boolean isPublicationDelayed() {
        return publicationDelayed;
    }

    /** Whether a kill may take something back. */
    boolean hasWorkUnderWay() {
        return loop.failure() == null && !loop.isQuiet();
    }

    /** Whether the last turn has given up what nothing needs: what it forgets now is gone. */
    boolean hasGivenUp() {
        return gaveUp;
    }

    /** When something happens by itself, other than that it looks for what is old. */
    long nextTimerMs() {
        return limits.policies().anyRetainsForTime() ? core().nextTimerMs() : loop.nextTimerMs();
    }

    /** How many messages there are in each destination. */
    Map<String, Long> depths() {
        Map<String, Long> depths = new TreeMap<>();
        for (DestinationKind kind : DestinationKind.values()) {
            core().overview()
                    .destinations(kind, null, null, 100)
                    .rows()
                    .forEach(
                            each ->
                                    depths.put(
                                            SimulatedClient.key(kind, each.name()), each.depth()));
        }
        return depths;
    }

    /** The first offset of a destination that a group needs; of one that is not there 0. */
    long firstNeeded(DestinationKind kind, String name) {
        try {
            return core().overview().destination(kind, name).firstNeeded();
        } catch (WireException notThere) {
            return 0;
        }
    }

    /** The group of a lasting subscription; 0 if there is none. */
    long groupId(String topic, String name) {
        return core().overview().groups(DestinationKind.TOPIC, topic, null, 64).rows().stream()
                .filter(group -> name.equals(group.name()))
                .mapToLong(GroupStatus::id)
                .findFirst()
                .orElse(0);
    }

    Core core() {
        return loop.core();
    }

    /** Holds what a start would lead to against what is live; only while it rests. */
    void compareWithRecovered(long nowMs) {
        String live = core().durableState();
        String recovered = recoveredState(nowMs);
        Violation.unless(
                live.equals(recovered),
                Invariant.RECOVERED_STATE_EQUALS_LIVE_STATE,
                "live:\n" + live + "recovered:\n" + recovered);
    }

    private String recoveredState(long nowMs) {
        try {
            return RecoveryProbe.stateOf(disk::peek, limits, lives + 1, nowMs);
        } catch (StoreException e) {
            throw new Violation(Invariant.STORE_FAILS_FOR_A_CAUSE, e.kind() + " " + e.getMessage());
        }
    }

    /** A store of whose notices the simulation hears as well. */
    private final class Overheard extends StoreDecorator {
        Overheard(Store store) {
            super(store);
        }

        @Override
        public int poll(Listener listener) {
            return super.poll(
                    new StorePlants.Listening(listener) {
                        @Override
                        public void noticed(StoreNotice notice) {
                            if (notice instanceof StoreNotice.Scarce) {
                                whenScarce.run();
                            }
                            super.noticed(notice);
                        }
                    });
        }
    }

    /** The store on a disk that may have no room for the last snapshot. */
    private final class WithRoom extends StoreDecorator {
        WithRoom(Store store) {
            super(store);
        }

        @Override
        public SnapshotWriter startSnapshot() throws StoreException {
            if (noRoomForSnapshot) {
                throw new StoreException(StoreException.Kind.FULL, "the simulated disk is full");
            }
            snapshotUnderWay = true;
            return super.startSnapshot();
        }

        @Override
        public boolean publishing() {
            boolean publishes = super.publishing();
            publicationDelayed |= delaysPublication && !publishes;
            return publishes || delaysPublication;
        }

        @Override
        public long discard(Needed needed) throws StoreException {
            gaveUp = true;
            snapshotUnderWay = false;
            return super.discard(needed);
        }
    }
}
