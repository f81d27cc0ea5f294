
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class GroupFoldsTest {

	@Test
	void aGroupIsInOnePartAndEveryPartHasEachClass() {
		final int n = 1200;
		final String[] groups = new String[n];
		final float[] truth = new float[n];
		for (int i = 0; i < n; i++) {
			groups[i] = "well " + i / 100;
			truth[i] = i / 100 % 2;
		}
		final List<String> notes = new ArrayList<>();
		final GroupFolds f = GroupFolds.of(groups, truth, 1, 5, 1, notes);
		final Map<String, Integer> where = new HashMap<>();
		final boolean[][] seen = new boolean[f.folds()][2];
		for (int i = 0; i < n; i++) {
			final Integer before = where.put(groups[i], f.fold()[i]);
			assertTrue(before == null || before == f.fold()[i]);
			seen[f.fold()[i]][(int) truth[i]] = true;
		}
		for (final boolean[] s : seen)
			assertTrue(s[0] && s[1]);
		assertEquals(5, f.folds());
		assertEquals(12, f.groups());
		assertEquals(List.of(), notes);
	}

	@Test
	void tooFewGroupsAreSaid() {
		final float[] truth = { 0, 0, 1, 1, 0, 1, 0, 1 };
		final String[] two = { "a", "a", "a", "a", "b", "b", "b", "b" };
		final List<String> notes = new ArrayList<>();
		assertEquals(2, GroupFolds.of(two, truth, 1, 5, 1, notes).folds());
		assertTrue(notes.get(0).startsWith("Cross-validation has 2 parts"), notes
			.toString());
		final String[] one = { "a", "a", "b", "b", "a", "b", "a", "b" };
		notes.clear();
		assertEquals(0, GroupFolds.of(one, truth, 1, 2, 1, notes).groups());
		assertTrue(notes.get(0).contains("one group only"), notes.toString());
	}
}
