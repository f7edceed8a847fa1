// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tables of Jakarta Messaging 3.5.4 and 3.11.3, cell by cell, before and after the transfer.
 */
class ConversionMatrixTest {
    private static final List<String> TYPES =
            List.of(
                    "boolean", "byte", "short", "char", "int", "long", "float", "double", "String",
                    "byte[]");

    /** Row: written as; the text has an x under each column that it can be read as. */
    private static final Map<String, String> TABLE =
            Map.of(
                    "boolean", "x.......x.",
                    "byte", ".xx.xx..x.",
                    "short", "..x.xx..x.",
                    "char", "...x....x.",
                    "int", "....xx..x.",
                    "long", ".....x..x.",
                    "float", "......xxx.",
                    "double", ".......xx.",
                    "String", "xxx.xxxxx.",
                    "byte[]", ".........x");

    private static final Map<String, Object> SAMPLES =
            Map.of(
                    "boolean",
                    true,
                    "byte",
                    (byte) 12,
                    "short",
                    (short) 12,
                    "char",
                    'x',
                    "int",
                    12,
                    "long",
                    12L,
                    "float",
                    1.5f,
                    "double",
                    1.5,
                    "byte[]",
                    new byte[] {1, 2});

    private interface Holder {
        void write(Object value) throws JMSException;

        /** Goes over the wire and makes ready to read. */
        Holder transferred() throws JMSException;

        Object readAs(String type) throws JMSException;

        Object readObject() throws JMSException;
    }

    private record Properties(TaffrailMessage message) implements Holder {
        @Override
        public void write(Object value) throws JMSException {
            message.setObjectProperty("p", value);
        }

        @Override
        public Holder transferred() throws JMSException {
            return new Properties(Transfer.sendAndReceive(message));
        }

        @Override
        public Object readObject() throws JMSException {
            return message.getObjectProperty("p");
        }

        @Override
        public Object readAs(String type) throws JMSException {
            return switch (type) {
                case "boolean" -> message.getBooleanProperty("p");
                case "byte" -> message.getByteProperty("p");
                case "short" -> message.getShortProperty("p");
                case "int" -> message.getIntProperty("p");
                case "long" -> message.getLongProperty("p");
                case "float" -> message.getFloatProperty("p");
                case "double" -> message.getDoubleProperty("p");
                case "String" -> message.getStringProperty("p");
                default -> throw new AssertionError(type);
            };
        }
    }

    private record MapBody(TaffrailMapMessage message) implements Holder {
        @Override
        public void write(Object value) throws JMSException {
            message.setObject("e", value);
        }

        @Override
        public Holder transferred() throws JMSException {
            return new MapBody(Transfer.sendAndReceive(message));
        }

        @Override
        public Object readObject() throws JMSException {
            return message.getObject("e");
        }

        @Override
        public Object readAs(String type) throws JMSException {
            return switch (type) {
                case "boolean" -> message.getBoolean("e");
                case "byte" -> message.getByte("e");
                case "short" -> message.getShort("e");
                case "char" -> message.getChar("e");
                case "int" -> message.getInt("e");
                case "long" -> message.getLong("e");
                case "float" -> message.getFloat("e");
                case "double" -> message.getDouble("e");
                case "String" -> message.getString("e");
                case "byte[]" -> message.getBytes("e");
                default -> throw new AssertionError(type);
            };
        }
    }

    private record StreamBody(TaffrailStreamMessage message) implements Holder {
        @Override
        public void write(Object value) throws JMSException {
            message.writeObject(value);
        }

        @Override
        public Holder transferred() throws JMSException {
            return new StreamBody(Transfer.sendAndReceive(message));
        }

        @Override
        public Object readObject() throws JMSException {
            return message.readObject();
        }

        @Override
        public Object readAs(String type) throws JMSException {
            return switch (type) {
                case "boolean" -> message.readBoolean();
                case "byte" -> message.readByte();
                case "short" -> message.readShort();
                case "char" -> message.readChar();
                case "int" -> message.readInt();
                case "long" -> message.readLong();
                case "float" -> message.readFloat();
                case "double" -> message.readDouble();
                case "String" -> message.readString();
                case "byte[]" -> readBytes();
                default -> throw new AssertionError(type);
            };
        }

        private byte[] readBytes() throws JMSException {
            byte[] buffer = new byte[3];
            int count = message.readBytes(buffer);
            return count < 0 ? null : java.util.Arrays.copyOf(buffer, count);
        }
    }

    private interface NewHolder {
        Holder make();
    }

    private static List<String> typesOf(Holder holder) {
        return TYPES.stream()
                .filter(
                        type ->
                                !(holder instanceof Properties)
                                        || !type.equals("char") && !type.equals("byte[]"))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyCell() {
        List<DynamicTest> tests = new ArrayList<>();
        List<NewHolder> holders =
                List.of(
                        () -> new Properties(new TaffrailMessage()),
                        () -> new MapBody(new TaffrailMapMessage()),
                        () -> new StreamBody(new TaffrailStreamMessage()));
        for (NewHolder holder : holders) {
            String name = holder.make().getClass().getSimpleName();
            for (String row : typesOf(holder.make())) {
                for (String column : typesOf(holder.make())) {
                    boolean allowed = TABLE.get(row).charAt(TYPES.indexOf(column)) == 'x';
                    tests.add(
                            dynamicTest(
                                    name + ": " + row + " as " + column,
                                    () -> checkCell(holder.make(), row, column, allowed)));
                }
            }
        }
        return tests;
    }

    private static void checkCell(Holder holder, String row, String column, boolean allowed)
            throws JMSException {
        Object written = row.equals("String") ? textFor(column) : SAMPLES.get(row);
        holder.write(written);
        Holder received = holder.transferred();

        if (allowed) {
            assertSame(expected(written, column), received.readAs(column));
        } else {
            assertThrows(MessageFormatException.class, () -> received.readAs(column));
            assertSame(written, received.readObject());
        }
    }

    private static void assertSame(Object expected, Object actual) {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) actual);
        } else {
            assertEquals(expected, actual);
        }
    }

    private static String textFor(String column) {
        Object sample = SAMPLES.get(column);
        return sample == null || sample instanceof byte[] ? "text" : sample.toString();
    }

    private static Object expected(Object written, String column) {
        if (column.equals("String")) {
            return written.toString();
        }
        return SAMPLES.get(column);
    }

    @Test
    void nullReadsAsValueOfNull() throws JMSException {
        List<Holder> holders =
                List.of(
                        new Properties(new TaffrailMessage()),
                        new MapBody(new TaffrailMapMessage()),
                        new StreamBody(new TaffrailStreamMessage()));
        for (Holder holder : holders) {
            holder.write(null);
            Holder received = holder.transferred();
            for (String type : List.of("byte", "short", "int", "long")) {
                assertThrows(NumberFormatException.class, () -> received.readAs(type), type);
            }
            assertThrows(NullPointerException.class, () -> received.readAs("float"));
            assertThrows(NullPointerException.class, () -> received.readAs("double"));
            if (!(holder instanceof Properties)) {
                assertThrows(NullPointerException.class, () -> received.readAs("char"));
                assertNull(holder.transferred().readAs("byte[]"));
            }
            assertNull(holder.transferred().readAs("String"));
            assertNull(holder.transferred().readObject());
            assertEquals(false, holder.transferred().readAs("boolean"));
        }
    }

    @Test
    void absentReadsAsNull() throws JMSException {
        TaffrailMessage message = new TaffrailMessage();
        TaffrailMapMessage map = new TaffrailMapMessage();

        assertNull(message.getObjectProperty("none"));
        assertNull(message.getStringProperty("none"));
        assertFalse(message.getBooleanProperty("none"));
        assertThrows(NumberFormatException.class, () -> message.getIntProperty("none"));
        assertNull(map.getBytes("none"));
        assertThrows(NullPointerException.class, () -> map.getChar("none"));
    }

    @Test
    void textThatIsNoNumberIsRefusedAndStreamStays() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        message.writeString("twelve");
        message.reset();

        assertThrows(NumberFormatException.class, message::readInt);
        assertThrows(NumberFormatException.class, message::readDouble);
        assertThrows(MessageFormatException.class, message::readChar);
        assertThrows(MessageFormatException.class, () -> message.readBytes(new byte[9]));

        assertEquals("twelve", message.readString());
    }
}
