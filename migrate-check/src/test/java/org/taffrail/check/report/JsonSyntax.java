// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

/** The grammar of JSON (RFC 8259), without keeping anything. */
final class JsonSyntax {
    private final String text;
    private int at;

    JsonSyntax(String text) {
        this.text = text;
    }

    /** Fails with the position of what is wrong. */
    void check() {
        value();
        space();
        if (at != text.length()) {
            throw wrong();
        }
    }

    private void value() {
        space();
        switch (peek()) {
            case '{' -> members('}', true);
            case '[' -> members(']', false);
            case '"' -> string();
            default -> number();
        }
    }

    private void members(char end, boolean named) {
        at++;
        space();
        if (peek() == end) {
            at++;
            return;
        }
        while (true) {
            if (named) {
                space();
                string();
                space();
                expect(':');
            }
            value();
            space();
            if (peek() == end) {
                at++;
                return;
            }
            expect(',');
        }
    }

    private void string() {
        expect('"');
        while (peek() != '"') {
            if (peek() < ' ') {
                throw wrong();
            }
            if (peek() == '\\') {
                at++;
                if ("\"\\/bfnrt".indexOf(peek()) < 0) {
                    if (peek() != 'u' || !text.substring(at + 1, at + 5).matches("[0-9a-f]{4}")) {
                        throw wrong();
                    }
                    at += 4;
                }
            }
            at++;
        }
        at++;
    }

    private void number() {
        int start = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        if (at == start) {
            throw wrong();
        }
    }

    private void space() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong();
        }
        at++;
    }

    private AssertionError wrong() {
        return new AssertionError(
                "not JSON at " + at + ": " + text.substring(Math.max(0, at - 60), at));
    }
}
