(function () {
  var form = document.querySelector('.filter');
  var search = form.querySelector('input[type=search]');
  var output = form.querySelector('output');
  var rows = Array.from(document.querySelectorAll('tr.check'));
  var texts = rows.map(function (row) {
    return Array.from(row.cells).slice(0, 3).map(function (cell) { return cell.textContent; }).join(' ').toLowerCase();
  });
  function apply() {
    var flag = form.querySelector('input[name=show]:checked').value;
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var fits = (!flag || row.classList.contains(flag)) &&
          words.every(function (word) { return texts[i].includes(word); });
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.querySelectorAll('section.chapter').forEach(function (chapter) {
      chapter.hidden = !chapter.querySelector('tr.check:not([hidden])');
    });
    output.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' checks';
  }
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('.result > div > details').forEach(function (each) { each.open = true; });
  });
  apply();
}());
