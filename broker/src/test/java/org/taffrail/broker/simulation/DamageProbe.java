// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.journal.RecoveryReport;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * Flips a bit of what is durable in a copy of a folder, and sees what a start makes of it: it is
 * refused, with the file and the position, or nothing that counts is different, or a tail is cut
 * off that was not known to be durable, and that is reported.
 */
final class DamageProbe {
    private static final int PARTITIONS = 24;
    private static final Set<StoreException.Kind> REFUSALS =
            EnumSet.of(
                    StoreException.Kind.CORRUPT,
                    StoreException.Kind.TOO_NEW,
                    StoreException.Kind.TOO_OLD);

    private final FaultyFolder folder;
    private final JournalOptions options;
    private final LongUnaryOperator knownDurable;

    /**
     * Makes a probe.
     *
     * @param knownDurable the sequence that the journal must know to be durable if it has a batch
     */
    DamageProbe(FaultyFolder folder, JournalOptions options, LongUnaryOperator knownDurable) {
        this.knownDurable = knownDurable;
        this.folder = folder;
        this.options = options;
    }

    void check(Random random) {
        List<String> names = folder.list();
        if (names.isEmpty()) {
            return;
        }
        FaultyFolder damaged = folder.afterKill();
        String name = names.get(random.nextInt(names.size()));
        byte[] content = damaged.content(name);
        if (content.length == 0) {
            return;
        }
        int at = position(content, random);
        int bit = random.nextInt(8);
        content[at] ^= (byte) (1 << bit);
        String what = "bit " + bit + " of byte " + at + " of " + name + ": ";
        StoreDriver whole = startWhole();
        try {
            compare(whole, start(damaged), what);
        } catch (Refusal refusal) {
            StoreException cause = refusal.cause;
            unless(
                    REFUSALS.contains(cause.kind()) && cause.getMessage().contains(name),
                    Invariant.DAMAGE_IS_NEVER_SERVED,
                    what + cause.kind() + " " + cause.getMessage());
        }
    }

    /** Most of a file may be zeros that nobody reads. */
    private static int position(byte[] content, Random random) {
        int at = random.nextInt(content.length);
        for (int tries = 0; tries < 20 && content[at] == 0; tries++) {
            at = random.nextInt(content.length);
        }
        return at;
    }

    /** A start or an answer that is refused. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient StoreException cause;

        Refusal(StoreException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private StoreDriver startWhole() {
        try {
            return start(folder.afterKill());
        } catch (Refusal refusal) {
            throw new Violation(
                    Invariant.STORE_FAILS_FOR_A_CAUSE, refusal.cause.kind() + " " + refusal.cause);
        }
    }

    private StoreDriver start(FaultyFolder copy) {
        StoreDriver driver =
                new StoreDriver(new JournalStore(copy, options, Machine.callersThread(42)));
        try {
            return driver.start();
        } catch (StoreException e) {
            throw new Refusal(e);
        }
    }

    private void compare(StoreDriver whole, StoreDriver damaged, String what) {
        RecoveryReport good = report(whole);
        RecoveryReport found = report(damaged);
        long last = found.lastSequence();
        boolean cut = last < good.lastSequence();
        boolean reported =
                found.cutAt() != null && last >= knownDurable.applyAsLong(good.lastSequence());
        boolean same =
                damaged.parts.equals(whole.parts)
                        && damaged.recovered.equals(whole.recovered.headMap(last, true))
                        && (cut || damaged.stagings.equals(whole.stagings));
        unless(
                same && (!cut || reported),
                Invariant.DAMAGE_IS_NEVER_SERVED,
                what + "a start finds " + found + ", without damage " + good);
        for (long partition = 0; partition < PARTITIONS; partition++) {
            List<String> served = read(damaged, partition);
            List<String> there = read(whole, partition);
            boolean right =
                    cut
                            ? served.equals(there.subList(0, Math.min(served.size(), there.size())))
                            : served.equals(there);
            unless(
                    right,
                    Invariant.DAMAGE_IS_NEVER_SERVED,
                    what + "partition " + partition + " serves " + served + " of " + there);
        }
    }

    private static RecoveryReport report(StoreDriver driver) {
        return ((JournalStore) driver.store()).recoveryReport();
    }

    private static List<String> read(StoreDriver driver, long partition) {
        try {
            return driver.read(partition, 0, Integer.MAX_VALUE);
        } catch (AssertionError e) {
            if (e.getCause() instanceof StoreException damage) {
                throw new Refusal(damage);
            }
            throw e;
        }
    }
}
