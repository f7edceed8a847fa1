// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.kit.Strength;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.List;

/** Reads how binding a statement is: its words, with dashes for blanks. */
final class StrengthConverter implements ITypeConverter<Strength> {
    @Override
    public Strength convert(String text) {
        List<String> names =
                Arrays.stream(Strength.values()).map(StrengthConverter::typed).toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", names));
        }
        return Strength.values()[index];
    }

    static String typed(Strength strength) {
        return strength.toString().replace(' ', '-');
    }
}
