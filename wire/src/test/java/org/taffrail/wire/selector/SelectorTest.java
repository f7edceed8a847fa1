// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A selector as an object: its texts, equality and what the broker asks of it. */
class SelectorTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\r\n\f "})
    void noTextSelectsEverything(String text) throws SelectorSyntaxException {
        Selector selector = Selector.parse(text);

        assertSame(Selector.ALL, selector);
        assertTrue(selector.matches(TestMessage.empty(), new Evaluation()));
        assertEquals("", selector.text());
        assertEquals("", selector.toString());
        assertEquals(List.of(), selector.identifiers());
    }

    @Test
    void onlyTrueSelects() throws SelectorSyntaxException {
        TestMessage message = TestMessage.empty().with("t", true).with("f", false);

        assertTrue(Selector.parse("t").matches(message, new Evaluation()));
        assertEquals(false, Selector.parse("f").matches(message, new Evaluation()));
        assertEquals(false, Selector.parse("missing").matches(message, new Evaluation()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a=1and b|a = 1 AND b",
                "  ( ( a ) )  |a",
                "((a or b)) and (c)|(a OR b) AND c",
                "(a and b) or c|a AND b OR c",
                "not not a|a",
                "not(a=1)|NOT a = 1",
                "(not a)=b|(NOT a) = b",
                "a=(b>1)|a = b > 1",
                "(a=b)=c|(a = b) = c",
                "x-(y-z)>(x-y)-z|x - (y - z) > (x - y) - z",
                "x*(y+z)/2>-(-x)|x * (y + z) / 2 > -(-x)",
                "x>--5 or x>-(5)or x>+5|x > 5 OR x > -5 OR x > 5",
                "x=0x1F and y=1.50 and z=7l and w=1f|x = 31 AND y = 1.5 AND z = 7L AND w = 1.0f",
                "s in('a','it''s') or s not in ('b')|s IN ('a', 'it''s') OR s NOT IN ('b')",
                "s like'a%'escape'!' or s not like '''x'|s LIKE 'a%' ESCAPE '!' OR s NOT LIKE"
                        + " '''x'",
                "n between 1 and 2+3|n BETWEEN 1 AND 2 + 3",
                "n not between(n)and-n|n NOT BETWEEN n AND -n",
                "s is null or s is not null|s IS NULL OR s IS NOT NULL",
                "true or false|TRUE OR FALSE"
            })
    void printsInOneWay(String text, String canonical) throws SelectorSyntaxException {
        Selector selector = Selector.parse(text);

        assertEquals(canonical, selector.toString());
        assertEquals(text, selector.text());
        assertEquals(selector, Selector.parse(canonical));
        assertEquals(selector.hashCode(), Selector.parse(canonical).hashCode());
        assertEquals(canonical, Selector.parse(canonical).toString());
    }

    @Test
    void selectorsThatPrintDifferentlyAreNotEqual() throws SelectorSyntaxException {
        assertNotEquals(Selector.parse("a = 1"), Selector.parse("A = 1"));
        assertNotEquals(Selector.parse("a = 1"), Selector.parse("a = 1L"));
        assertNotEquals(Selector.parse("TRUE"), Selector.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JMSCorrelationID = 'it''s \u65e5'",
                "'it''s \u65e5'=JMSCorrelationID",
                " ((JMSCorrelationID) = ('it''s \u65e5')) "
            })
    void tellsTheCorrelationIdItSelectsBy(String text) throws SelectorSyntaxException {
        assertEquals("it's \u65e5", Selector.parse(text).correlationIdEquals());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JMSCorrelationID <> 'x'",
                "NOT JMSCorrelationID = 'x'",
                "JMSCorrelationID = 'x' AND TRUE",
                "JMSCorrelationID = JMSMessageID",
                "JMSCorrelationID = 1",
                "JMSMessageID = 'x'",
                "JMSCorrelationID IN ('x')",
                "(JMSCorrelationID = 'x') = TRUE",
                "TRUE"
            })
    void anyOtherShapeHasNoSingleCorrelationId(String text) throws SelectorSyntaxException {
        assertNull(Selector.parse(text).correlationIdEquals());
        assertNull(Selector.ALL.correlationIdEquals());
    }

    @Test
    void namesItsIdentifiersOnceInTheirOrder() throws SelectorSyntaxException {
        List<Identifier> identifiers =
                Selector.parse("b = 1 AND JMSType = 'x' OR a IS NULL OR b > JMSXGroupSeq")
                        .identifiers();

        assertEquals(
                List.of("b", "JMSType", "a", "JMSXGroupSeq"),
                identifiers.stream().map(Identifier::name).collect(Collectors.toList()));
        assertEquals(
                List.of(
                        Identifier.Field.PROPERTY,
                        Identifier.Field.TYPE,
                        Identifier.Field.PROPERTY,
                        Identifier.Field.GROUP_SEQ),
                identifiers.stream().map(Identifier::field).collect(Collectors.toList()));
        assertThrows(UnsupportedOperationException.class, () -> identifiers.remove(0));
    }

    @Test
    void anIdentifierKnowsItsNameInBytes() throws SelectorSyntaxException {
        Identifier identifier = Selector.parse("gr\u00f6\u00dfe = 1").identifiers().get(0);
        byte[] record = "xxgr\u00f6\u00dfeyy".getBytes(StandardCharsets.UTF_8);

        assertEquals(7, identifier.utf8Length());
        assertTrue(identifier.hasName(record, 2, 7));
        assertEquals(false, identifier.hasName(record, 1, 7));
        assertEquals(false, identifier.hasName(record, 2, 6));
        assertEquals(identifier.hashCode(), Identifier.hash(record, 2, 7));
    }

    @Test
    void asksOnlyForWhatCanChangeTheResult() throws SelectorSyntaxException {
        Selector selector = Selector.parse("a = 1 AND b = 2 OR c = 3");
        StringBuilder asked = new StringBuilder();
        SelectorInput input =
                (identifier, value) -> {
                    asked.append(identifier);
                    value.setInt(identifier.name().equals("c") ? 3 : 0);
                };

        assertTrue(selector.matches(input, new Evaluation()));
        assertEquals("ac", asked.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeliveryModeIsText(boolean persistent) throws SelectorSyntaxException {
        Selector selector = Selector.parse("JMSDeliveryMode = 'PERSISTENT'");
        Selector opposite = Selector.parse("JMSDeliveryMode = 'NON_PERSISTENT'");
        SelectorInput input = (identifier, value) -> value.setDeliveryMode(persistent);

        assertEquals(persistent, selector.matches(input, new Evaluation()));
        assertEquals(!persistent, opposite.matches(input, new Evaluation()));
        assertEquals(Identifier.Field.DELIVERY_MODE, selector.identifiers().get(0).field());
    }

    @Test
    void oneEvaluationServesManySelectors() throws SelectorSyntaxException {
        Evaluation evaluation = new Evaluation();
        TestMessage message = TestMessage.empty().with("a", 2).with("s", "x");
        StringBuilder nested = new StringBuilder("a");
        for (int i = 0; i < 100; i++) {
            nested.insert(0, "(1 + ").append(" * 1)");
        }

        assertTrue(Selector.parse(nested + " = 102").matches(message, evaluation));
        assertTrue(Selector.parse("a * (a + a) = 8").matches(message, evaluation));
        assertTrue(Selector.parse("s = 'x' AND -a = -2").matches(message, evaluation));
        assertEquals(0, evaluation.mark());
    }

    @Test
    void aChainNeedsNoMoreCellsThanItsParts() throws SelectorSyntaxException {
        Evaluation evaluation = new Evaluation();
        int capacity = evaluation.capacity();
        String sum = "a" + " + a * a".repeat(1_000);
        TestMessage message = TestMessage.empty().with("a", 1);

        assertTrue(Selector.parse(sum + " = 1001").matches(message, evaluation));
        assertTrue(
                Selector.parse("a = 1" + " AND a = 1".repeat(1_000)).matches(message, evaluation));
        assertEquals(capacity, evaluation.capacity());
    }

    @Test
    void evaluatingAllocatesNothing() throws SelectorSyntaxException {
        Selector selector =
                Selector.parse(
                        "JMSType = 'car' AND color IN ('red','green','blue','a','b','c','d','e')"
                                + " AND weight * 2 - 1 BETWEEN 10 AND 5000.5 AND -weight < 0"
                                + " AND name LIKE '%m_dd%e%' AND NOT (gone = 1 OR flag <> TRUE)");
        TestMessage message = TestMessage.empty().with("JMSType", "car").with("color", "blue");
        message.with("weight", 2000).with("name", "in the middle of it").with("flag", true);
        message.with("gone", 2);
        Evaluation evaluation = new Evaluation();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int matched = 0;
        for (int i = 0; i < 1_000; i++) {
            matched += selector.matches(message, evaluation) ? 1 : 0;
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            matched += selector.matches(message, evaluation) ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(11_000, matched);
        // less than one byte for each: what the measuring itself takes
        assertTrue(allocated < 10_000, allocated + " bytes");
    }
}
