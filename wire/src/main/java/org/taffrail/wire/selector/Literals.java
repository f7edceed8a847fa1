// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import org.taffrail.wire.selector.Token.Type;

/**
 * Reads numeric literals, which have Java's syntax (Jakarta Messaging 3.1, section 3.8.1.1; JLS
 * 3.10.1 and 3.10.2): decimal, {@code 0x} hexadecimal, {@code 0} octal and {@code 0b} binary
 * integers with an optional {@code L}; decimal and hexadecimal floating point with an optional
 * {@code d} or {@code f}; underscores between digits.
 *
 * <p>The specification wants the whole range of long without a suffix, which Java has not. So an
 * exact literal without {@code L} is an int if its value fits one and a long otherwise. In
 * hexadecimal, octal and binary that value is the unsigned number, as in Artemis: {@code
 * 0xFFFFFFFF} is the long 4294967295. A number of 64 bits gives the long with these bits, as in
 * Java: {@code 0xFFFFFFFFFFFFFFFF} is -1.
 *
 * <p>As in Java, an approximate literal that is too large for its type, or so small that it would
 * become zero, is an error.
 */
final class Literals {

    private final String text;
    private final int start;
    private int position;

    private Literals(String text, int start) {
        this.text = text;
        this.start = start;
        this.position = start;
    }

    static boolean startsNumber(String text, int position) {
        char c = text.charAt(position);
        if (c == '.') {
            return position + 1 < text.length() && isDigit(text.charAt(position + 1), 10);
        }
        return isDigit(c, 10);
    }

    /** The numeric token that begins at {@code start}, where {@link #startsNumber} holds. */
    static Token number(String text, int start) throws SelectorSyntaxException {
        Literals literal = new Literals(text, start);
        if (literal.peek(0) == '0' && isOneOf(literal.peek(1), 'x', 'X')) {
            return literal.hexadecimal();
        }
        if (literal.peek(0) == '0' && isOneOf(literal.peek(1), 'b', 'B')) {
            return literal.exact(2, 2);
        }
        return literal.decimal();
    }

    private Token hexadecimal() throws SelectorSyntaxException {
        position = start + 2;
        boolean digits = skipDigits(16);
        if (peek(0) != '.' && !isOneOf(peek(0), 'p', 'P')) {
            position = start;
            return exact(16, 2);
        }
        if (peek(0) == '.') {
            position++;
            digits |= skipDigits(16);
        }
        if (!digits || !isOneOf(peek(0), 'p', 'P')) {
            throw error("expected hexadecimal digits and an exponent with p");
        }
        position++;
        if (isOneOf(peek(0), '+', '-')) {
            position++;
        }
        if (!skipDigits(10)) {
            throw error("expected the digits of an exponent");
        }
        return approximate(16);
    }

    private Token decimal() throws SelectorSyntaxException {
        boolean exact = true;
        skipDigits(10);
        if (peek(0) == '.') {
            exact = false;
            position++;
            skipDigits(10);
        }
        if (isOneOf(peek(0), 'e', 'E')) {
            int sign = isOneOf(peek(1), '+', '-') ? 1 : 0;
            if (isDigit(peek(1 + sign), 10)) {
                exact = false;
                position += 1 + sign;
                skipDigits(10);
            }
        }
        if (!exact || isOneOf(peek(0), 'd', 'D') || isOneOf(peek(0), 'f', 'F')) {
            return approximate(10);
        }
        position = start;
        return peek(0) == '0' && isDigitOrUnderscore(peek(1), 10) ? exact(8, 1) : exact(10, 0);
    }

    /** Reads digits after a prefix, then an optional L. */
    private Token exact(int radix, int prefixLength) throws SelectorSyntaxException {
        position = start + prefixLength;
        int digitsStart = position;
        // an octal 08 is one wrong number, not an octal 0 and a decimal 8
        if (!skipDigits(Math.max(radix, 10))) {
            throw error("expected a digit");
        }
        String digits = text.substring(digitsStart, position).replace("_", "");
        boolean suffixed = isOneOf(peek(0), 'l', 'L');
        if (suffixed) {
            position++;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits.charAt(i), radix)) {
                throw error("'" + digits.charAt(i) + "' is no digit of base " + radix);
            }
        }
        long value;
        try {
            value = Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw error("a number larger than a long");
        }
        if (radix == 10 && value < 0) {
            if (value != Long.MIN_VALUE) {
                throw error("a number larger than a long");
            }
            return token(Type.LONG_MIN_MAGNITUDE, value);
        }
        return token(Type.NUMBER, narrowed(value, suffixed));
    }

    /** An int if the value fits one and there was no L, else a long. */
    private static Number narrowed(long value, boolean suffixed) {
        if (!suffixed && value >= 0 && value <= Integer.MAX_VALUE) {
            return (int) value;
        }
        return value;
    }

    /**
     * The value of a minus sign and the numeric token right behind it. Only together do they name
     * the least int and the least long, as in Java.
     */
    static Number negated(String text, Token number) {
        Number value = (Number) number.value();
        if (value instanceof Integer) {
            return -value.intValue();
        }
        if (value instanceof Float) {
            return -value.floatValue();
        }
        if (value instanceof Double) {
            return -value.doubleValue();
        }
        boolean unsuffixedDecimal =
                text.charAt(number.start()) != '0' && isDigit(text.charAt(number.end() - 1), 10);
        if (unsuffixedDecimal && value.longValue() == -(long) Integer.MIN_VALUE) {
            return Integer.MIN_VALUE;
        }
        return -value.longValue();
    }

    /** Ends a floating point literal whose digits have been passed. */
    private Token approximate(int radix) throws SelectorSyntaxException {
        String digits = text.substring(start, position).replace("_", "");
        boolean isFloat = isOneOf(peek(0), 'f', 'F');
        if (isFloat || isOneOf(peek(0), 'd', 'D')) {
            position++;
        }
        double value = isFloat ? Float.parseFloat(digits) : Double.parseDouble(digits);
        String type = isFloat ? "float" : "double";
        if (Double.isInfinite(value)) {
            throw error("a number larger than a " + type);
        }
        if (value == 0 && hasNonZeroDigit(digits, radix)) {
            throw error("a number too small for a " + type);
        }
        Number number = isFloat ? (Number) (float) value : (Number) value;
        return token(Type.NUMBER, number);
    }

    private static boolean hasNonZeroDigit(String digits, int radix) {
        for (int i = radix == 16 ? 2 : 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean exponent = radix == 16 ? isOneOf(c, 'p', 'P') : isOneOf(c, 'e', 'E');
            if (exponent) {
                return false;
            }
            if (c != '0' && c != '.') {
                return true;
            }
        }
        return false;
    }

    /** Passes digits and the underscores between them; says whether there was a digit. */
    private boolean skipDigits(int radix) throws SelectorSyntaxException {
        int first = position;
        while (isDigitOrUnderscore(peek(0), radix)) {
            position++;
        }
        boolean passed = position > first;
        if (passed && (text.charAt(position - 1) == '_' || leadsWithUnderscore(first))) {
            throw error("an underscore may stand only between digits");
        }
        return passed;
    }

    private boolean leadsWithUnderscore(int first) {
        boolean afterOctalPrefix = first == start + 1 && text.charAt(start) == '0';
        return text.charAt(first) == '_' && !afterOctalPrefix;
    }

    private char peek(int ahead) {
        int index = position + ahead;
        return index < text.length() ? text.charAt(index) : 0;
    }

    private Token token(Type type, Number value) {
        return new Token(type, start, position, value);
    }

    private SelectorSyntaxException error(String problem) {
        return new SelectorSyntaxException(text, start, problem);
    }

    private static boolean isOneOf(char c, char a, char b) {
        return c == a || c == b;
    }

    private static boolean isDigitOrUnderscore(char c, int radix) {
        return c == '_' || isDigit(c, radix);
    }

    /** Only ASCII digits; {@code Character.digit} knows many more. */
    private static boolean isDigit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }
}
