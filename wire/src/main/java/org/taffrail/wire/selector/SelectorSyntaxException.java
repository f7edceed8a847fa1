// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * Says that a text is no selector: it breaks the grammar, a rule of types that can be checked
 * without a message, or a limit. The provider turns it into {@code InvalidSelectorException}
 * (Jakarta Messaging 3.1, section 3.8.1.1).
 *
 * <p>The message is one line that names the position and shows the text around it, with {@code -->}
 * in front of the place, for example: <code>
 * invalid selector at position 14: expected a string after LIKE, found 7: colour LIKE --&gt;7
 * </code>.
 */
public final class SelectorSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_BEFORE_CHARS = 40;
    private static final int SHOWN_AFTER_CHARS = 20;

    /** The selector, or its beginning where it is longer than a selector may be. */
    private final String text;

    private final int position;
    private final String problem;

    SelectorSyntaxException(String text, int position, String problem) {
        super(
                "invalid selector at position "
                        + position
                        + ": "
                        + problem
                        + ": "
                        + excerpt(text, position));
        this.text = text.substring(0, Math.min(text.length(), Selector.TEXT_CHARS_MAX));
        this.position = position;
        this.problem = problem;
    }

    static SelectorSyntaxException overLimit(
            String text, int position, String what, String limitName, int limit) {
        return new SelectorSyntaxException(
                text, position, what + ", the limit (" + limitName + ") is " + limit);
    }

    /**
     * The text that was parsed.
     *
     * @return the text; its first {@link Selector#TEXT_CHARS_MAX} characters if it is longer
     */
    public String text() {
        return text;
    }

    /**
     * Where it is wrong.
     *
     * @return the index of the first offending character, from 0; the length of the text if it ends
     *     too early
     */
    public int position() {
        return position;
    }

    /**
     * What is wrong: what was expected and what was found, or which limit was passed.
     *
     * @return the problem, without the position and the text
     */
    public String problem() {
        return problem;
    }

    private static String excerpt(String text, int position) {
        int from = Math.max(0, position - SHOWN_BEFORE_CHARS);
        int to = Math.min(text.length(), position + SHOWN_AFTER_CHARS);
        StringBuilder shown = new StringBuilder();
        if (from > 0) {
            shown.append("...");
        }
        appendPrintable(shown, text, from, position);
        shown.append("-->");
        appendPrintable(shown, text, position, to);
        if (to < text.length()) {
            shown.append("...");
        }
        return shown.toString();
    }

    /** Keeps the message on one line and free of what a terminal would obey. */
    private static void appendPrintable(StringBuilder shown, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
    }
}
