// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.StoreException;

import java.util.function.Consumer;

/**
 * What is found wrong with a folder: told one by one up to a bound, and counted. Not thread-safe.
 */
public final class Findings {
    private final int toldMax;
    private final Consumer<Finding> listener;
    private final long[] counts = new long[Harm.values().length];
    private long told;

    /** How bad something is. */
    public enum Harm {
        /** Something that was durable is lost, or a file can't be trusted. */
        DAMAGE,
        /** What a crash leaves behind the last batch that counts: the next start cuts it off. */
        CUT,
        /** Nothing depends on it. */
        NONE
    }

    /**
     * Something wrong.
     *
     * @param harm how bad it is
     * @param file the whole path
     * @param position where in the file
     * @param what what is wrong
     */
    public record Finding(Harm harm, String file, long position, String what) {}

    /**
     * Makes one without findings.
     *
     * @param toldMax so many are told
     * @param listener hears of those
     */
    public Findings(int toldMax, Consumer<Finding> listener) {
        this.toldMax = toldMax;
        this.listener = listener;
    }

    /** Makes one that tells nothing. */
    static Findings ignored() {
        return new Findings(0, finding -> {});
    }

    void add(Harm harm, String file, long position, String what) {
        counts[harm.ordinal()]++;
        if (told < toldMax) {
            told++;
            listener.accept(new Finding(harm, file, position, what));
        }
    }

    /**
     * Takes an error of kind CORRUPT as damage.
     *
     * @param file what was read, where the error has no place
     * @throws StoreException if it is of another kind than CORRUPT: then nothing is known
     */
    void add(StoreException e, String file) throws StoreException {
        if (e.kind() != StoreException.Kind.CORRUPT) {
            throw e;
        }
        StoreException.Damage damage = e.damage();
        if (damage == null) {
            add(Harm.DAMAGE, file, 0, e.getMessage());
        } else {
            add(Harm.DAMAGE, damage.file(), damage.position(), damage.what());
        }
    }

    /**
     * Counts findings.
     *
     * @param harm of this kind
     * @return told or not
     */
    public long count(Harm harm) {
        return counts[harm.ordinal()];
    }

    /**
     * Counts those that were not told.
     *
     * @return 0 where the bound was not reached
     */
    public long untold() {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all - told;
    }
}
