// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.config.ConfigUnit;
import org.taffrail.broker.security.PasswordHash;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The whole numbers that an option may have. Any other, and what is no number, is refused when it
 * is read, before anybody is asked or a password is typed: {@link Main} names the option with it.
 */
abstract class NumberRange implements ITypeConverter<Long> {
    private final long least;
    private final long most;

    private NumberRange(long least, long most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public final Long convert(String text) {
        try {
            long number = parse(text);
            if (number >= least && number <= most && allows(number)) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // refused below, as one that is not among them is
        }
        throw new OutOfRange(text + ", allowed from " + least + " to " + most + exceptions());
    }

    /** Reads a number. */
    long parse(String text) {
        return Long.parseLong(text);
    }

    /** Whether a number between the ends of the range is meant too. */
    boolean allows(long number) {
        return true;
    }

    /** Says which are not. */
    String exceptions() {
        return "";
    }

    /** Says what was typed, and what is allowed instead. */
    static final class OutOfRange extends TypeConversionException {
        private static final long serialVersionUID = 1;

        private OutOfRange(String message) {
            super(message);
        }
    }

    /** How many messages, or lines: some, and no more than anybody could mean. */
    static final class Limit extends NumberRange {
        Limit() {
            super(1, 1_000_000_000);
        }
    }

    /** A priority of Jakarta Messaging. */
    static final class Priority extends NumberRange {
        Priority() {
            super(0, 9);
        }
    }

    /** How long, in ms, typed as in the configuration: with the unit behind it or without. */
    static final class Duration extends NumberRange {
        private static final long HUNDRED_YEARS_MS = 36_500L * 86_400_000;

        Duration() {
            super(0, HUNDRED_YEARS_MS);
        }

        @Override
        long parse(String text) {
            return ConfigUnit.MS.parse(text);
        }

        @Override
        String exceptions() {
            return " ms, as in 500ms, 10s, 5min, 2h or 1d";
        }
    }

    /** An offset. */
    static final class Offset extends NumberRange {
        Offset() {
            super(0, Long.MAX_VALUE);
        }
    }

    /**
     * A partition of a stored log: temporary ones, whose numbers are negative, are never stored.
     */
    static final class PartitionId extends NumberRange {
        PartitionId() {
            super(0, Long.MAX_VALUE);
        }
    }

    /**
     * A group: that of a subscription which is not durable has a negative number. On the wire 0
     * stands for all groups, which nobody shall mean by mistake.
     */
    static final class GroupId extends NumberRange {
        GroupId() {
            super(Long.MIN_VALUE, Long.MAX_VALUE);
        }

        @Override
        boolean allows(long number) {
            return number != 0;
        }

        @Override
        String exceptions() {
            return ", but not 0: as 'group list' shows it";
        }
    }

    /** A connection. */
    static final class ConnectionId extends NumberRange {
        ConnectionId() {
            super(1, Long.MAX_VALUE);
        }

        @Override
        String exceptions() {
            return ": as 'connection list' shows it";
        }
    }

    /** How slow the hash of a password is. */
    static final class Iterations extends NumberRange {
        Iterations() {
            super(PasswordHash.ITERATIONS_LEAST, PasswordHash.ITERATIONS_MAX);
        }
    }

    /** How many MiB a second. */
    static final class Rate extends NumberRange {
        Rate() {
            super(1, 1_000_000);
        }
    }
}
