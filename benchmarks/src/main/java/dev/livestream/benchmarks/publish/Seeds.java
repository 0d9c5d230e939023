package dev.livestream.benchmarks.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A list of seeds as people write it: {@code 1-5}, {@code 1,3,7-9}. */
final class Seeds {
  private static final int MOST = 10_000;

  private Seeds() {}

  /** Each seed once, least first. */
  static NavigableSet<Long> parse(String text) throws PublishException {
    NavigableSet<Long> seeds = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      long from = number(ends[0], text);
      long to = ends.length == 1 ? from : number(ends[1], text);
      if (ends.length > 2 || to < from || to - from >= MOST) {
        throw refused(text);
      }
      for (long seed = from; seed <= to; seed++) {
        seeds.add(seed);
      }
    }
    return seeds;
  }

  private static long number(String text, String whole) throws PublishException {
    if (!text.matches("[0-9]{1,15}")) {
      throw refused(whole);
    }
    return Long.parseLong(text);
  }

  private static PublishException refused(String text) {
    return new PublishException("'" + text + "' is no list of seeds, such as 1-5 or 1,3,7-9");
  }

  /** The shortest way to write them. */
  static String text(Collection<Long> seeds) {
    List<Long> sorted = new ArrayList<>(new TreeSet<>(seeds));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sorted.size(); ) {
      int last = i;
      while (last + 1 < sorted.size() && sorted.get(last + 1) == sorted.get(last) + 1) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(sorted.get(i));
      if (last > i) {
        text.append(last == i + 1 ? "," : "-").append(sorted.get(last));
      }
      i = last + 1;
    }
    return text.toString();
  }
}
