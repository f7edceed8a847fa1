// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The record of who came in or did not, who was denied what, and who changed what: lines of {@code
 * key=value} for the logger {@value #LOGGER}. Texts that others have chosen stand in double quotes,
 * with {@code "}, the backslash and whatever is no visible character escaped, so that nobody can
 * forge a line, or an end of one; long ones are cut.
 *
 * <p>What anybody can cause without end, logins and denials, is bounded: of one kind and user so
 * many a minute ({@value #LINES_MAX}) are written and the others counted, and the count follows
 * with the first event after that minute. Changes are all written. Any thread may call.
 */
public final class Audit {
    /** The name of the logger. */
    public static final String LOGGER = "taffrail.audit";

    /** How many lines of one kind and user are written in a minute. */
    static final int LINES_MAX = 60;

    private static final int WINDOW_MS = 60_000;

    /** Of how many kinds and users lines are counted; those of others are all in one. */
    private static final int COUNTED_MAX = 10_000;

    private static final int TEXT_CHARS_MAX = 300;

    private final Logger log;

    private final Map<Subject, Window> windows = new LinkedHashMap<>();

    private record Subject(String event, String user) {}

    /** One minute of one subject. */
    private static final class Window {
        final long untilMs;
        int lines;
        long suppressed;

        Window(long untilMs) {
            this.untilMs = untilMs;
        }
    }

    /** Makes one that has written nothing. */
    public Audit() {
        this(LoggerFactory.getLogger(LOGGER));
    }

    Audit(Logger log) {
        this.log = log;
    }

    /**
     * Writes that somebody was let in; at the level debug who has no user.
     *
     * @param who who
     * @param manages whether it may manage everything
     * @param peer from where
     * @param through by which protocol, with what is to be known of it
     * @param nowMs the time, ms since 1970
     */
    public void login(Identity who, boolean manages, String peer, String through, long nowMs) {
        String line =
                "event=login user="
                        + quoted(who.user())
                        + " roles="
                        + quoted(String.join(",", new TreeSet<>(who.roles())))
                        + " manager="
                        + manages
                        + " peer="
                        + quoted(peer)
                        + " through="
                        + quoted(through);
        if (who.user() == null) {
            log.debug(line);
        } else if (admits("login", who.user(), nowMs)) {
            log.info(line);
        }
    }

    /**
     * Writes that somebody was not let in.
     *
     * @param user the user's name, if there is such a user; null for anything else, which may be a
     *     password in the wrong place
     * @param peer from where
     * @param why why not
     * @param nowMs the time, ms since 1970
     */
    public void loginRefused(String user, String peer, String why, long nowMs) {
        if (admits("login_refused", user, nowMs)) {
            log.warn(
                    "event=login_refused user={} peer={} reason={}",
                    user == null ? "unknown" : quoted(user),
                    quoted(peer),
                    quoted(why));
        }
    }

    /**
     * Writes that something was not permitted.
     *
     * @param denied what
     * @param peer from where it was wanted
     * @param request what was asked for
     * @param nowMs the time, ms since 1970
     */
    public void denied(Denied denied, String peer, String request, long nowMs) {
        if (admits("denied", denied.who().user(), nowMs)) {
            log.warn(
                    "event=denied user={} peer={} request={} right={} object={} key={}",
                    quoted(denied.who().user()),
                    quoted(peer),
                    quoted(request),
                    denied.right(),
                    quoted(denied.object()),
                    quoted(denied.key()));
        }
    }

    /**
     * Writes that somebody changes something.
     *
     * @param user the user's name, or null
     * @param peer from where
     * @param operation what is done
     * @param object to what, or null
     * @param target a second thing that it is done to, or null
     */
    public void managed(String user, String peer, String operation, String object, String target) {
        log.info(
                "event=managed user={} peer={} operation={} object={} target={}",
                quoted(user),
                quoted(peer),
                operation,
                quoted(object),
                quoted(target));
    }

    /**
     * Writes that a file with who may do what has changed, and whether it counts.
     *
     * @param file the file
     * @param outcome what has come of it, in words
     * @param counts whether the new one counts
     */
    public void reloaded(String file, String outcome, boolean counts) {
        String line = "event=reloaded file={} counts={} outcome={}";
        if (counts) {
            log.info(line, quoted(file), true, quoted(outcome));
        } else {
            log.warn(line, quoted(file), false, quoted(outcome));
        }
    }

    private synchronized boolean admits(String event, String user, long nowMs) {
        tellSuppressed(nowMs);
        Subject subject = new Subject(event, user);
        if (windows.size() >= COUNTED_MAX && !windows.containsKey(subject)) {
            subject = new Subject(event, "(many users)");
        }
        Window window = windows.computeIfAbsent(subject, each -> new Window(nowMs + WINDOW_MS));
        if (window.lines < LINES_MAX) {
            window.lines++;
            return true;
        }
        window.suppressed++;
        return false;
    }

    /** Ends the minutes that are over; they stand in the order in which they end. */
    private void tellSuppressed(long nowMs) {
        Iterator<Map.Entry<Subject, Window>> each = windows.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Subject, Window> oldest = each.next();
            Window window = oldest.getValue();
            if (window.untilMs > nowMs && window.untilMs <= nowMs + WINDOW_MS) {
                return;
            }
            each.remove();
            if (window.suppressed > 0) {
                log.warn(
                        "event=suppressed of={} user={} lines={}",
                        oldest.getKey().event(),
                        quoted(oldest.getKey().user()),
                        window.suppressed);
            }
        }
    }

    /**
     * Quotes a text that somebody else has chosen.
     *
     * @param text any text, or null
     * @return one line of visible characters between double quotes; {@code none} for null
     */
    public static String quoted(String text) {
        if (text == null) {
            return "none";
        }
        StringBuilder shown = new StringBuilder("\"");
        int length = Math.min(TEXT_CHARS_MAX, text.length());
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                shown.append('\\').append(c);
            } else if (isVisible(c)) {
                shown.append(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return shown.append(length < text.length() ? "...\"" : "\"").toString();
    }

    /** Whether a character shows itself: no control, no separator of lines, nothing that turns. */
    private static boolean isVisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
