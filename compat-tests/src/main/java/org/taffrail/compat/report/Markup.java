// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

/** Text from outside, made harmless for the language that it is put into. */
final class Markup {
    private static final char REPLACEMENT = '\uFFFD';

    private Markup() {}

    /**
     * Replaces what XML 1.0 does not allow at all, not even escaped: control characters, halves of
     * surrogate pairs, U+FFFE and U+FFFF.
     *
     * @param text any text
     * @return what may stand in XML
     */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(each -> isLegal(each) ? each : REPLACEMENT)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || codePoint >= 0x20 && codePoint <= 0xD7FF
                || codePoint >= 0xE000 && codePoint <= 0xFFFD
                || codePoint >= 0x10000;
    }

    /**
     * Escapes text for HTML, between tags and inside double or single quotes.
     *
     * @param text any text
     * @return what shows as that text
     */
    static String html(String text) {
        return legal(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * Escapes text for a cell of a Markdown table.
     *
     * @param text any text
     * @return what shows as that text, in one line
     */
    static String cell(String text) {
        return legal(text)
                .replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`");
    }
}
