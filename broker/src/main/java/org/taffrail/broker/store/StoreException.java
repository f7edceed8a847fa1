// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

/** Says that the store can't do what was asked, and of what kind the trouble is. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of trouble. */
    public enum Kind {
        /** Another live owner holds the store. */
        HELD,
        /** Another owner has taken it since. */
        FENCED,
        /** What is stored contradicts itself below what is known durable. */
        CORRUPT,
        /** What is stored was written by a newer version. */
        TOO_NEW,
        /** What is stored was written by a version too old to be read. */
        TOO_OLD,
        /** There is no room left. */
        FULL,
        /** A limit of the store is exceeded. */
        LIMIT,
        /** Reading or writing failed. */
        IO
    }

    /**
     * Where what is stored is damaged.
     *
     * @param file the file's whole path
     * @param position where in it
     * @param what what is wrong there
     */
    public record Damage(String file, long position, String what) {}

    private final Kind kind;
    private final transient Damage damage;

    /**
     * Makes an exception.
     *
     * @param kind the kind of trouble
     * @param message names file and position, the limit and the value, and what to do
     * @param cause the cause or null
     */
    public StoreException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, null);
    }

    private StoreException(Kind kind, String message, Throwable cause, Damage damage) {
        super(message, cause);
        this.kind = kind;
        this.damage = damage;
    }

    /**
     * Makes an exception of kind CORRUPT that knows the place.
     *
     * @param message names file and position, and what to do
     * @param damage the same for programs
     */
    public StoreException(String message, Damage damage) {
        this(Kind.CORRUPT, message, null, damage);
    }

    /**
     * Makes an exception without a cause.
     *
     * @param kind the kind of trouble
     * @param message names file and position, the limit and the value, and what to do
     */
    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Returns the kind.
     *
     * @return never null
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns where the damage is.
     *
     * @return null where the trouble is of another kind, or has no place
     */
    public Damage damage() {
        return damage;
    }
}
