// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.security.PasswordHash;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * How a command gets a password: from the environment, from a console without echo, or from
 * standard input; never from an argument.
 */
final class PasswordEntry {
    /** Most bytes of a line: no character has more than three for each {@code char}. */
    private static final int LINE_BYTES_MAX = 3 * PasswordHash.PASSWORD_CHARS_MAX;

    private final Console console;
    private final InputStream input;
    private final String given;

    /** Makes one; the console is null where there is none. */
    PasswordEntry(Console console, InputStream input) {
        this(console, input, null);
    }

    /**
     * Makes one.
     *
     * @param console null where there is none
     * @param input standard input
     * @param given the environment's {@code TAFFRAIL_PASSWORD}, or null
     */
    PasswordEntry(Console console, InputStream input, String given) {
        this.console = console;
        this.input = input;
        this.given = given;
    }

    /**
     * Returns the password of a user who connects: the environment's, or what the user types.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is nobody to ask
     */
    String ask(String user) {
        if (given != null) {
            return given;
        }
        if (console == null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "there is no console to ask for the password: set TAFFRAIL_PASSWORD, or use"
                            + " --password-stdin");
        }
        char[] typed = console.readPassword("Password of %s: ", user);
        return typed == null ? "" : new String(typed);
    }

    /**
     * Asks for a user's new password, twice.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is nobody to ask, or the two
     *     differ
     */
    String prompt(String user) {
        if (console == null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "there is no console to ask for the password: use --password-stdin");
        }
        char[] first = console.readPassword("Password of %s: ", user);
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw new WireException(ErrorCode.INVALID_OPTION, "the two passwords differ");
        }
        return new String(first);
    }

    /** Returns standard input: what is behind the password, where that was read from there. */
    InputStream input() {
        return input;
    }

    /** Tells whether somebody types at a console. */
    boolean hasConsole() {
        return console != null;
    }

    /**
     * Reads the first line of standard input, UTF-8.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is too long, or not UTF-8
     */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (line.size() == LINE_BYTES_MAX) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        "the password has more than "
                                + PasswordHash.PASSWORD_CHARS_MAX
                                + " characters");
            }
            line.write(next);
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        try {
            return ByteSource.decodeUtf8(bytes, 0, length);
        } catch (WireException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, "the password is not UTF-8");
        }
    }
}
