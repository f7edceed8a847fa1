// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What became of one check with one provider.
 *
 * @param subject the check
 * @param outcome what became of it
 * @param reason why, in one line; empty where it passed
 * @param details the whole story: a stack trace, a thread dump; empty where there is none
 * @param tookMs how long it took, but for waiting for others and for a restart that it shared
 */
public record Result(Subject subject, Outcome outcome, String reason, String details, long tookMs) {
    private static final int REASON_CHARS_MAX = 400;

    /**
     * Judges what a check threw.
     *
     * @param subject the check
     * @param thrown what it threw, null if it returned
     * @param tookMs how long it took
     * @return the result
     */
    static Result of(Subject subject, Throwable thrown, long tookMs) {
        return thrown == null
                ? new Result(subject, Outcome.PASSED, "", "", tookMs)
                : new Result(
                        subject, Outcome.of(thrown), reason(thrown), stackTrace(thrown), tookMs);
    }

    /**
     * Says that a check was not made.
     *
     * @param subject the check
     * @param reason why
     * @return the result
     */
    static Result notRun(Subject subject, String reason) {
        return new Result(subject, Outcome.NOT_RUN, oneLine(reason), "", 0);
    }

    /**
     * Tells whether it counts against the provider: a binding statement that does not hold, or that
     * could not be checked because the run was given up.
     *
     * @return true if so
     */
    public boolean isBroken() {
        return subject.strength() == Strength.MUST
                && (outcome == Outcome.FAILED || outcome == Outcome.NOT_RUN);
    }

    /**
     * Says in one line what was thrown.
     *
     * @param thrown what was thrown
     * @return its message, with its type where that says more
     */
    public static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        boolean speaksForItself =
                thrown instanceof AssertionError || thrown instanceof UnsupportedFacilityException;
        if (speaksForItself && message != null) {
            return oneLine(message);
        }
        String type = thrown.getClass().getSimpleName();
        return oneLine(message == null ? type : type + ": " + message);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= REASON_CHARS_MAX
                ? line
                : line.substring(0, REASON_CHARS_MAX) + "...";
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
