// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.console.http.Refusal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an object of JSON (RFC 8259) whose values are texts, numbers, truths, null, or objects of
 * these, one level deep: all that a request here consists of. Anything else is refused with its
 * place.
 */
final class JsonReader {
    private static final int MEMBERS_MAX = 256;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a document.
     *
     * @return its members: {@link String}, {@link Long}, {@link Double}, {@link Boolean} or a map
     * @throws Refusal if it is none of these
     */
    static Map<String, Object> read(String text) {
        JsonReader reader = new JsonReader(text);
        reader.space();
        Map<String, Object> object = reader.object(true);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.malformed("nothing more");
        }
        return object;
    }

    private Map<String, Object> object(boolean outer) {
        expect('{');
        Map<String, Object> members = new LinkedHashMap<>();
        space();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            space();
            String name = string();
            space();
            expect(':');
            space();
            Object value = peek() == '{' && outer ? object(false) : value();
            if (members.containsKey(name) || members.size() == MEMBERS_MAX) {
                throw malformed("each name once, at most " + MEMBERS_MAX);
            }
            members.put(name, value);
            space();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
        }
    }

    private Object value() {
        char first = peek();
        if (first == '"') {
            return string();
        }
        if (first == '-' || first >= '0' && first <= '9') {
            return number();
        }
        for (String word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? null : Boolean.valueOf(word);
            }
        }
        throw malformed("a text, a number, true, false or null");
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        try {
            if (digits.matches("-?\\d{1,18}")) {
                return Long.valueOf(digits);
            }
            double number = Double.parseDouble(digits);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, as one that is too large is
        }
        throw malformed("a number");
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (true) {
            char each = next();
            if (each == '"') {
                return read.toString();
            }
            if (each < ' ') {
                throw malformed("no control character in a text");
            }
            read.append(each == '\\' ? escaped() : each);
        }
    }

    private char escaped() {
        char each = next();
        return switch (each) {
            case '"', '\\', '/' -> each;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("an escape");
        };
    }

    private char unicode() {
        String digits = text.substring(at, Math.min(text.length(), at + 4));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw malformed("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() {
        if (at >= text.length()) {
            throw malformed("more");
        }
        return text.charAt(at++);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "'");
        }
        at++;
    }

    private Refusal malformed(String expected) {
        return new Refusal(
                Refusal.BAD_REQUEST,
                "the body is not JSON as it is taken here: expected " + expected + " at " + at);
    }
}
