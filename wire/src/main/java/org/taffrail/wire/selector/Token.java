// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * A word of a selector: its type, where it stands, and for a literal its value.
 *
 * @param type the kind of word
 * @param start the index of its first character
 * @param end the index after its last character
 * @param value the name of an IDENTIFIER, the unquoted text of a STRING, a {@link Number} for the
 *     numeric literals ({@link Literals}), else null
 */
record Token(Type type, int start, int end, Object value) {

    /** What a word can be. The reserved words come first; they cannot be identifiers. */
    enum Type {
        NOT("NOT"),
        AND("AND"),
        OR("OR"),
        BETWEEN("BETWEEN"),
        LIKE("LIKE"),
        IN("IN"),
        IS("IS"),
        ESCAPE("ESCAPE"),
        NULL("NULL"),
        TRUE("TRUE"),
        FALSE("FALSE"),
        IDENTIFIER("an identifier"),
        STRING("a string"),
        NUMBER("a number"),
        /** The decimal literal 2^63, which is a long only right behind a minus sign. */
        LONG_MIN_MAGNITUDE("a number"),
        EQUAL("'='"),
        NOT_EQUAL("'<>'"),
        LESS("'<'"),
        LESS_OR_EQUAL("'<='"),
        GREATER("'>'"),
        GREATER_OR_EQUAL("'>='"),
        PLUS("'+'"),
        MINUS("'-'"),
        TIMES("'*'"),
        DIVIDED_BY("'/'"),
        OPEN("'('"),
        CLOSE("')'"),
        COMMA("','"),
        END("the end");

        private static final int RESERVED_COUNT = FALSE.ordinal() + 1;
        private static final Type[] ALL = values();

        /** How an error message calls it. */
        final String shown;

        Type(String shown) {
            this.shown = shown;
        }

        /**
         * The reserved word that a stretch of text is, in any case of its letters, or null. Only
         * ASCII letters are folded: no dotless i makes a reserved word.
         */
        static Type reserved(String text, int start, int end) {
            for (int i = 0; i < RESERVED_COUNT; i++) {
                if (ALL[i].isSpelled(text, start, end)) {
                    return ALL[i];
                }
            }
            return null;
        }

        private boolean isSpelled(String text, int start, int end) {
            if (end - start != shown.length()) {
                return false;
            }
            for (int i = 0; i < shown.length(); i++) {
                char c = text.charAt(start + i);
                char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
                if (upper != shown.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
