// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Token.Type;

import java.util.Locale;

/**
 * Cuts a selector into {@link Token}s, from left to right, always the longest that fits.
 *
 * <p>Whitespace is Java's: space, horizontal tab, form feed and line terminators. There are no
 * comments (Jakarta Messaging 3.1, section 3.8.1.3).
 */
final class Lexer {

    private final String text;
    private int position;

    Lexer(String text) {
        this.text = text;
    }

    /** The next token; END for ever once the text is used up. */
    Token next() throws SelectorSyntaxException {
        while (position < text.length() && isWhitespace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return token(Type.END, position, null);
        }
        int start = position;
        char c = text.charAt(start);
        if (Literals.startsNumber(text, start)) {
            Token number = Literals.number(text, start);
            position = number.end();
            return number;
        }
        if (c == '\'') {
            return string(start);
        }
        if (Character.isJavaIdentifierStart(text.codePointAt(start))) {
            return word(start);
        }
        return symbol(start, c);
    }

    static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t' || c == '\f' || c == '\n' || c == '\r';
    }

    private Token word(int start) {
        int end = start;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            if (!Character.isJavaIdentifierPart(codePoint)) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        position = end;
        Type reserved = Type.reserved(text, start, end);
        return reserved != null
                ? token(reserved, start, null)
                : token(Type.IDENTIFIER, start, text.substring(start, end));
    }

    private Token string(int start) throws SelectorSyntaxException {
        StringBuilder value = new StringBuilder();
        int i = start + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'') {
                boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == '\'';
                if (!doubled) {
                    position = i + 1;
                    return token(Type.STRING, start, value.toString());
                }
                i++;
            } else if (Character.isSurrogate(c)) {
                int codePoint = text.codePointAt(i);
                if (Character.charCount(codePoint) == 1) {
                    throw new SelectorSyntaxException(
                            text, i, "half of a surrogate pair is no character");
                }
                value.append(c);
                c = text.charAt(++i);
            }
            value.append(c);
            i++;
        }
        throw new SelectorSyntaxException(
                text, text.length(), "expected ' to end the string of position " + start);
    }

    private Token symbol(int start, char c) throws SelectorSyntaxException {
        char following = start + 1 < text.length() ? text.charAt(start + 1) : 0;
        position = start + 1;
        switch (c) {
            case '=':
                return token(Type.EQUAL, start, null);
            case '<':
                if (following == '>') {
                    position++;
                    return token(Type.NOT_EQUAL, start, null);
                }
                if (following == '=') {
                    position++;
                    return token(Type.LESS_OR_EQUAL, start, null);
                }
                return token(Type.LESS, start, null);
            case '>':
                if (following == '=') {
                    position++;
                    return token(Type.GREATER_OR_EQUAL, start, null);
                }
                return token(Type.GREATER, start, null);
            case '+':
                return token(Type.PLUS, start, null);
            case '-':
                return token(Type.MINUS, start, null);
            case '*':
                return token(Type.TIMES, start, null);
            case '/':
                return token(Type.DIVIDED_BY, start, null);
            case '(':
                return token(Type.OPEN, start, null);
            case ')':
                return token(Type.CLOSE, start, null);
            case ',':
                return token(Type.COMMA, start, null);
            default:
                throw new SelectorSyntaxException(text, start, unexpected(start, c, following));
        }
    }

    private String unexpected(int start, char c, char following) {
        if (c == '"') {
            return "expected a string in single quotes, found a double quote";
        }
        if (c == '!' && following == '=') {
            return "expected <> for not equal, found !=";
        }
        int codePoint = text.codePointAt(start);
        return Character.isISOControl(codePoint) || Character.isSurrogate(c)
                ? String.format(Locale.ROOT, "U+%04X cannot stand here", codePoint)
                : "'" + Character.toString(codePoint) + "' cannot stand here";
    }

    private Token token(Type type, int start, Object value) {
        return new Token(type, start, position, value);
    }
}
