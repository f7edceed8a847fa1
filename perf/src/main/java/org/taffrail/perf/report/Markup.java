// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

/** Text from outside, made harmless for HTML and for the SVG in it. */
final class Markup {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '\u2026';

    private Markup() {}

    /**
     * Escapes text, for between tags and inside quotes. Control characters, which HTML does not
     * allow even when escaped, are replaced.
     *
     * @param text any text
     * @return what shows as that text
     */
    static String html(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        each -> {
                            switch (each) {
                                case '&' -> escaped.append("&amp;");
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '"' -> escaped.append("&quot;");
                                case '\'' -> escaped.append("&#39;");
                                default -> escaped.appendCodePoint(legal(each));
                            }
                        });
        return escaped.toString();
    }

    private static int legal(int codePoint) {
        boolean control = Character.isISOControl(codePoint) && !Character.isWhitespace(codePoint);
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return control || half ? REPLACEMENT : codePoint;
    }

    /**
     * Shortens text that has to fit somewhere.
     *
     * @param text any text, not escaped yet
     * @param charactersMax how long it may be, at least 1
     * @return the text, or its beginning and an ellipsis
     */
    static String shortened(String text, int charactersMax) {
        return text.length() <= charactersMax
                ? text
                : text.substring(0, charactersMax - 1) + ELLIPSIS;
    }
}
