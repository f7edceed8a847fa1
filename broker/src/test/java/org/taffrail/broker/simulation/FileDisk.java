// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A folder as treacherous as folders may be, and the embedded store on it: segments so small that
 * they roll, retire and are merged within a history.
 */
final class FileDisk implements Disk {
    private static final int STOPS_AFTER_MAX = 150;
    private static final int NAME_FORCES_MAX = 16;
    private static final int FORCES_MAX = 40;
    private static final int OVERTAKES_MAX = 4;
    private static final int DAMAGE_ONE_IN = 16;
    private static final int ROOM_BYTES_MAX = 120_000;
    private static final long RESERVE_BYTES = 8_000;

    private final Plant plant;
    private final Random random;
    private final JournalOptions options;
    private final int pace;
    private final int forcePace;
    private final int faultsPercent;

    /** Whether what nobody waits for stays unforced; without that, more forces can go wrong. */
    private final boolean patient;

    private final TreeMap<Long, Long> knownWhenAppended = new TreeMap<>();
    private FaultyFolder folder = new FaultyFolder();
    private Life life;
    private boolean healed;

    FileDisk(long seed, Plant plant) {
        this.plant = plant;
        random = new Random(seed);
        options = options(random);
        pace = new int[] {100, 70, 40}[random.nextInt(3)];
        forcePace = new int[] {100, 40, 6}[random.nextInt(3)];
        faultsPercent = new int[] {0, 30, 60}[random.nextInt(3)];
        patient = new Random(~seed).nextBoolean();
    }

    private static JournalOptions options(Random random) {
        boolean forced = random.nextInt(6) > 0;
        boolean inline = random.nextBoolean();
        int segmentBytes = random.nextInt(4) > 0 ? 64 << 10 : 96 << 10;
        return JournalOptions.DEFAULT
                .with(
                        forced
                                ? JournalOptions.Durability.FORCE
                                : JournalOptions.Durability.PAGE_CACHE)
                .with(inline ? JournalOptions.ForceWay.INLINE : JournalOptions.ForceWay.THREADS)
                .withSizes(segmentBytes, segmentBytes / 4)
                .withReserve(RESERVE_BYTES)
                .withTenure(
                        random.nextInt(4) > 0 ? 0 : 2L * segmentBytes,
                        new TenuredSizes(4 << 10, 16 << 10, 2 + random.nextInt(2)));
    }

    @Override
    public Store store() {
        SlowMachine machine =
                new SlowMachine(random, healed ? 100 : pace, healed ? 100 : forcePace);
        if (!healed) {
            arm(machine);
        }
        life =
                new Life(
                        new JournalStore(plant.folder(folder), options, machine.machine()),
                        machine);
        return life;
    }

    /** Decides what goes wrong in a life, if anything does. */
    private void arm(SlowMachine machine) {
        if (random.nextInt(100) >= faultsPercent) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1:
                folder.stopBeforeNamesAreForced(random.nextInt(NAME_FORCES_MAX));
                break;
            case 2:
                folder.stopAfter(random.nextInt(STOPS_AFTER_MAX));
                break;
            case 3:
                folder.stopAfter(random.nextInt(STOPS_AFTER_MAX / 6));
                break;
            case 4:
                folder.failForceAfter(random.nextInt(FORCES_MAX));
                break;
            case 5:
                folder.failForceAfter(random.nextInt(FORCES_MAX / 4));
                break;
            case 6:
                machine.whenOvertaken(
                        random.nextInt(OVERTAKES_MAX), () -> folder.failForceAfter(0));
                break;
            default:
                folder.room(folder.usedBytes() + random.nextInt(ROOM_BYTES_MAX));
        }
    }

    @Override
    public void crash(Random crash) {
        int amid = crash.nextInt(4);
        if (life != null && amid < 2) {
            // amid what other threads do
            if (amid == 1) {
                folder.stopBeforeNamesAreForced(0);
            } else {
                folder.stopAfter(crash.nextInt(20));
            }
            life.machine.hurry(true);
        }
        boolean powerLoss =
                options.durability() == JournalOptions.Durability.FORCE && crash.nextBoolean();
        folder = powerLoss ? folder.afterPowerLoss(crash) : folder.afterKill();
        life = null;
        if (crash.nextInt(DAMAGE_ONE_IN) == 0) {
            new DamageProbe(folder, options, this::knownDurable).check(crash);
        }
    }

    /** What the batch of a sequence must say to be known as durable: at least this. */
    private long knownDurable(long sequence) {
        Map.Entry<Long, Long> known = knownWhenAppended.floorEntry(sequence);
        boolean forced = options.durability() == JournalOptions.Durability.FORCE;
        return forced && known != null ? known.getValue() : 0;
    }

    @Override
    public void close() {
        life.close();
    }

    @Override
    public void heal(Random seed) {
        healed = true;
        folder = folder.afterKill();
    }

    @Override
    public void makeRoom() {
        folder.room(Long.MAX_VALUE);
    }

    @Override
    public void hurry() {
        life.hurry(life.last);
    }

    @Override
    public boolean isQuiet() {
        return life.isQuiet();
    }

    @Override
    public void peek(Store.RecoveryTarget target) throws StoreException {
        JournalStore copy =
                new JournalStore(folder.afterKill(), options, Machine.callersThread(42));
        copy.claim();
        copy.recover(target);
    }

    @Override
    public boolean hasCaused(StoreException failure) {
        switch (failure.kind()) {
            case IO:
                return folder.hasFailed();
            case FULL:
                return folder.wasFull();
            default:
                return false;
        }
    }

    /** A store from its start to its end, whose machine goes on with each poll. */
    private final class Life extends StoreDecorator {
        final SlowMachine machine;
        private long last;
        private int appended;
        private int completed;
        private int asked;
        private long durable;
        private boolean failed;
        private boolean signalled;

        Life(JournalStore store, SlowMachine machine) {
            super(store);
            this.machine = machine;
            super.onReady(() -> signalled = true);
        }

        boolean isQuiet() {
            boolean answered = failed || appended == completed && asked == 0;
            return answered && machine.isIdle() && !signalled && !publishing() && !discarding();
        }

        @Override
        public void onReady(Runnable wakeup) {
            super.onReady(
                    () -> {
                        signalled = true;
                        wakeup.run();
                    });
        }

        /** Who appends may have to wait for the next segment. */
        @Override
        public long append(Batch batch) throws StoreException {
            machine.serveAtOnce(true);
            batch.patient(batch.patient() && patient);
            try {
                long sequence = super.append(batch);
                last = sequence;
                appended++;
                knownWhenAppended.tailMap(sequence, true).clear();
                knownWhenAppended.put(sequence, durable);
                return sequence;
            } finally {
                machine.serveAtOnce(false);
            }
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax) {
            asked++;
            super.read(partition, fromOffset, bytesMax);
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax, Wanted wanted) {
            asked++;
            super.read(partition, fromOffset, bytesMax, wanted);
        }

        @Override
        public int poll(Listener listener) {
            signalled = false;
            machine.move();
            return super.poll(
                    new StorePlants.Listening(listener) {
                        @Override
                        public void completed(long sequence, Batch batch) {
                            completed++;
                            durable = batch.relaxed() ? durable : sequence;
                            super.completed(sequence, batch);
                        }

                        @Override
                        public void failed(long sequence, StoreException cause) {
                            failed = true;
                            super.failed(sequence, cause);
                        }

                        @Override
                        public void read(long partition, long fromOffset, List<byte[]> runs) {
                            asked--;
                            super.read(partition, fromOffset, runs);
                        }

                        @Override
                        public void readFailed(
                                long partition, long fromOffset, StoreException cause) {
                            asked--;
                            super.readFailed(partition, fromOffset, cause);
                        }
                    });
        }

        @Override
        public void close() {
            machine.hurry(true);
            super.close();
        }
    }
}
