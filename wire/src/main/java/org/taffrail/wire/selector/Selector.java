// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.util.List;

/**
 * A message selector: a condition on the header fields and properties of a message (Jakarta
 * Messaging 3.1, section 3.8). Parsed once, then evaluated on any number of messages, in place on
 * their bytes and without allocating.
 *
 * <p>Immutable and safe to share between threads; each thread brings its own {@link Evaluation}.
 *
 * <pre>
 * selector    = disjunction ;                      (a condition)
 * disjunction = conjunction { OR conjunction } ;
 * conjunction = negation { AND negation } ;
 * negation    = { NOT } equality ;
 * equality    = relation [ ( "=" | "&lt;&gt;" ) relation | IS [ NOT ] NULL ] ;
 * relation    = sum [ ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum
 *                   | [ NOT ] BETWEEN sum AND sum
 *                   | [ NOT ] IN "(" string { "," string } ")"
 *                   | [ NOT ] LIKE string [ ESCAPE string ] ] ;
 * sum         = product { ( "+" | "-" ) product } ;
 * product     = signed { ( "*" | "/" ) signed } ;
 * signed      = { "+" | "-" } primary ;
 * primary     = identifier | string | number | TRUE | FALSE | "(" disjunction ")" ;
 *
 * identifier  = a Java identifier, but none of the reserved words in capitals above ;
 * string      = "'" { any character but "'" | "''" } "'" ;
 * number      = a Java integer or floating point literal ;
 * </pre>
 *
 * <p>Reserved words may be written in any case; identifiers are case-sensitive. What the grammar
 * leaves open, and what is refused besides what breaks it:
 *
 * <ul>
 *   <li>The operand of IS NULL, IN and LIKE is an identifier; parentheses around it are allowed.
 *   <li>Operands of arithmetic, of &lt;, &lt;=, &gt;, &gt;= and of BETWEEN are numbers or
 *       identifiers. A string, TRUE, FALSE or a condition there is refused, since "String and
 *       Boolean comparison is restricted to = and &lt;&gt;". Artemis and ActiveMQ refuse the same,
 *       but know {@code 'a' + 'b'}, which the specification does not.
 *   <li>A condition may be compared with a condition, TRUE, FALSE or an identifier ({@code (a &gt;
 *       1) = b}); with a number or a string it is refused. {@code 'a' = 1} compares unlike types
 *       and is allowed, and false.
 *   <li>Of the names that begin with JMS only the six header fields of section 3.8.1.1 and names
 *       that begin with JMSX or JMS_ are allowed. (Artemis takes others for properties that no
 *       message has, so that such a selector never selects.)
 *   <li>NOT applies to the whole comparison behind it: {@code NOT a = 1} is {@code NOT (a = 1)}.
 *       (Artemis reads {@code (NOT a) = 1}.)
 *   <li>There are no comments, and none of the extensions of other providers ({@code %} as
 *       remainder, XPATH).
 * </ul>
 *
 * <p>If an operand is NULL, a comparison is unknown; for unlike types "the value of the operation
 * is false", and so it is for &lt;&gt;, NOT IN and NOT LIKE as well (Artemis and ActiveMQ give true
 * for &lt;&gt; and NOT LIKE). Numbers promote as in Java: 7 / 2 is 3 (3.5 in Artemis), int and long
 * overflow wraps, a float property of 0.1f is not equal to the double literal 0.1 (nor is it in
 * Artemis). An exact division by zero, and arithmetic with what is no number, gives NULL. More in
 * {@code Comparison}, {@code Arithmetic}, {@code Literals} and {@code LikePattern}.
 *
 * <p>The limits keep a hostile selector from costing more than its length is worth: parsing takes
 * time and memory linear in the text and bounded stack, evaluating takes one pass.
 */
public final class Selector {

    /** The most characters (UTF-16 code units) the text of a selector may have: 64 Ki. */
    public static final int TEXT_CHARS_MAX = 64 * 1024;

    /** The most parentheses that may be open at one place. */
    public static final int NESTING_MAX = 256;

    /** The most values one IN may list. */
    public static final int IN_VALUES_MAX = 8 * 1024;

    /**
     * The most characters (code points) a LIKE pattern may have between two {@code %} if a {@code
     * _} is among them; such a part is looked for by trying it at every place.
     */
    public static final int LIKE_PART_CHARS_MAX = LikePattern.FLOATING_PART_CHARS_MAX;

    /** No selector: selects every message. What a blank text means (section 3.8.1.1). */
    public static final Selector ALL =
            new Selector("", new BooleanTest(new Literal(true)), List.of());

    private final String text;
    private final Condition root;
    private final List<Identifier> identifiers;
    private final String canonical;
    private final String correlationId;

    Selector(String text, Condition root, List<Identifier> identifiers) {
        this.text = text;
        this.root = root;
        this.identifiers = identifiers;
        StringBuilder out = new StringBuilder();
        root.print(out);
        this.canonical = text.isEmpty() ? "" : out.toString();
        this.correlationId = correlationIdOf(root);
    }

    /**
     * Parses a selector.
     *
     * @param text the selector; null or nothing but whitespace means {@link #ALL}
     * @return the selector
     * @throws SelectorSyntaxException if the text is no selector, refers to a header field that
     *     selectors cannot see, uses a type where it can never fit, or passes a limit
     */
    public static Selector parse(String text) throws SelectorSyntaxException {
        if (text == null) {
            return ALL;
        }
        if (text.length() > TEXT_CHARS_MAX) {
            throw SelectorSyntaxException.overLimit(
                    text,
                    TEXT_CHARS_MAX,
                    "a text of " + text.length() + " characters is too long",
                    "TEXT_CHARS_MAX",
                    TEXT_CHARS_MAX);
        }
        return isBlank(text) ? ALL : Parser.parse(text);
    }

    private static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Lexer.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether this selects a message: it evaluates to true, neither to false nor to unknown.
     *
     * @param input the message
     * @param evaluation the scratch space of the calling thread
     * @return whether the message is selected
     */
    public boolean matches(SelectorInput input, Evaluation evaluation) {
        return evaluate(input, evaluation) == Truth.TRUE;
    }

    /**
     * Evaluates this on a message.
     *
     * @param input the message
     * @param evaluation the scratch space of the calling thread
     * @return true, false or unknown
     */
    public Truth evaluate(SelectorInput input, Evaluation evaluation) {
        evaluation.release(0);
        return root.evaluate(input, evaluation);
    }

    /**
     * The text this was parsed from; nothing for {@link #ALL}.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * What this asks a message for.
     *
     * @return each identifier once, in the order of the text; unmodifiable
     */
    public List<Identifier> identifiers() {
        return identifiers;
    }

    /**
     * The correlation id this selects by, if that is all it does: the text is {@code
     * JMSCorrelationID = 'x'}, or turned round, in any number of parentheses. A message is then
     * selected if and only if its correlation id is this string, which the broker can find by hash
     * without evaluating anything.
     *
     * @return the string, or null if the selector has any other shape
     */
    public String correlationIdEquals() {
        return correlationId;
    }

    private static String correlationIdOf(Condition root) {
        if (!(root instanceof Comparison)) {
            return null;
        }
        Comparison comparison = (Comparison) root;
        if (comparison.operator() != Comparison.Operator.EQUAL) {
            return null;
        }
        String id = correlationIdOf(comparison.left(), comparison.right());
        return id != null ? id : correlationIdOf(comparison.right(), comparison.left());
    }

    private static String correlationIdOf(Operand reference, Operand constant) {
        boolean fits =
                reference instanceof Reference
                        && ((Reference) reference).identifier().field()
                                == Identifier.Field.CORRELATION_ID
                        && constant instanceof Literal;
        return fits ? ((Literal) constant).string() : null;
    }

    /** Selectors are equal if their canonical texts are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Selector && ((Selector) other).canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /**
     * The canonical text: reserved words in upper case, one space between words, no needless
     * parentheses. It parses to an equal selector, unless it has become longer than a selector may
     * be; nothing for {@link #ALL}.
     */
    @Override
    public String toString() {
        return canonical;
    }
}
